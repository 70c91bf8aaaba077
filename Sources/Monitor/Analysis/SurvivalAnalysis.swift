import Metrics

/// What `mmt survival` says of a file: by group the share still there at each of the times asked for, the median and the
/// mean within a horizon; between groups a test, and a model with the test of what it assumes.
struct SurvivalAnalysis: Encodable {
    struct Figure: Encodable {
        let value: Double?
        var low: Double?
        var high: Double?
        /// Why there is no figure.
        var unavailable: String?

        init(_ estimate: Estimate) {
            (value, low, high) = (
                estimate.value?.point, estimate.value?.interval?.lower, estimate.value?.interval?.upper
            )
            unavailable = estimate.unavailable?.rawValue
        }

        init(_ quantile: SurvivalQuantile) {
            (value, low, high) = (quantile.time, quantile.lower, quantile.upper)
        }
    }
    struct Share: Encodable {
        let time: Double
        let atRisk: Double
        let share: Figure
        /// By reason, where several compete.
        let gone: [String: Figure]
    }
    struct Group: Encodable {
        let group: String
        let people: Int
        let events: Int
        let shares: [Share]
        let median: Figure
        let restrictedMean: Figure
    }
    struct Test: Encodable {
        let statistic: Double
        let degrees: Int
        let p: Double?
    }
    struct Coefficient: Encodable {
        let covariate: String
        let hazardRatio: Double
        let low, high, p: Double
        /// Of the test that the ratio stays the same over time.
        let proportional: Test
    }
    struct Model: Encodable {
        var coefficients: [Coefficient] = []
        var proportional: Test?
        var unavailable: String?
    }

    let people: Int
    let horizon: Double
    let groups: [Group]
    let logRank: Test?
    /// Gray's test of each reason, where several compete.
    let gray: [String: Test]
    let model: Model?

    /// - Parameters:
    ///   - times: at which shares are wanted.
    ///   - horizon: up to which the mean is taken.
    init(_ file: SurvivalFile, _ columns: SurvivalFile.Columns, times: [Double], horizon: Double) {
        let tables = file.groups.indices.map(file.table)
        people = file.subjects.count
        self.horizon = horizon
        groups = zip(file.groups, tables).enumerated().map { index, pair in
            Self.group(pair.0, pair.1, people: file.subjects.count { $0.group == index }, file.reasons, times, horizon)
        }
        logRank =
            tables.count > 1
            ? Test(LogRank(strata: [tables]).statistic, LogRank(strata: [tables]).degrees, LogRank(strata: [tables]).p)
            : nil
        let competes = file.reasons.count > 1 && tables.count > 1 && !file.subjects.contains { $0.entry > 0 }
        gray =
            competes
            ? Dictionary(
                uniqueKeysWithValues: file.reasons.enumerated().map { reason, name in
                    let test = GrayTest(tables, reason: reason)
                    return (name, Test(test.statistic, test.degrees, test.p))
                }) : [:]
        model = tables.count > 1 || !columns.covariates.isEmpty ? Self.model(file, columns) : nil
    }

    private static func group(
        _ name: String, _ table: RiskTable, people: Int, _ reasons: [String], _ times: [Double], _ horizon: Double
    ) -> Group {
        let curve = SurvivalCurve(table)
        let incidence = reasons.count > 1 ? CumulativeIncidence(table) : nil
        let shares = times.map { time in
            let gone = reasons.enumerated().compactMap { reason, name in
                incidence.map { (name, Figure($0.estimate(reason: reason, at: time, smallest: 1))) }
            }
            return Share(
                time: time, atRisk: table.atRisk(at: time),
                share: Figure(Retention.estimate(curve, at: time, smallest: 1)),
                gone: Dictionary(uniqueKeysWithValues: gone))
        }
        return Group(
            group: name, people: people, events: Int(table.ended.joined().reduce(0, +)), shares: shares,
            median: Figure(curve.quantile(0.5)), restrictedMean: Figure(curve.restrictedMean(to: horizon)))
    }

    /// The first group is the one that the others are held against.
    private static func model(_ file: SurvivalFile, _ columns: SurvivalFile.Columns) -> Model {
        let dummies = file.groups.indices.dropFirst()
        let names =
            dummies.map { "\(columns.group ?? "") \(file.groups[$0]) : \(file.groups[0])" } + columns.covariates
        let subjects = file.subjects.map { subject in
            CoxSubject(
                entry: subject.entry, exit: subject.exit, hasEvent: subject.reason != nil,
                covariates: dummies.map { subject.group == $0 ? 1 : 0 } + subject.covariates)
        }
        switch CoxRegression.fit(subjects) {
        case .failure(let reason): return Model(unavailable: reason.rawValue)
        case .success(let fit):
            let proportional = ProportionalityTest(fit)
            let coefficients = names.indices.compactMap { index in
                fit.hazardRatio(of: index).map { ratio in
                    Coefficient(
                        covariate: names[index], hazardRatio: ratio.ratio, low: ratio.interval.lower,
                        high: ratio.interval.upper, p: ratio.p, proportional: Test(proportional.covariates[index]))
                }
            }
            return Model(coefficients: coefficients, proportional: Test(proportional.global))
        }
    }
}

extension SurvivalAnalysis.Test {
    fileprivate init(_ statistic: Double, _ degrees: Int, _ p: Double?) {
        (self.statistic, self.degrees, self.p) = (statistic, degrees, p)
    }

    fileprivate init(_ finding: ProportionalityTest.Finding) {
        (statistic, degrees, p) = (finding.statistic, finding.degrees, finding.p)
    }
}
