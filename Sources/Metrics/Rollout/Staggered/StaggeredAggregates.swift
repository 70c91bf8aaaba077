/// Cells of a staggered roll-out brought together.
public struct StaggeredAggregate: Equatable, Sendable {
    /// Periods since the start, the cohort's first period, or the period; nil for all.
    public let place: Int?
    public let estimate: Double
    /// Nil where there is nothing but the period that others are held against.
    public let standardError: Double?
    /// Sites that had begun, or were to begin, and are behind it.
    public let treated: Int
    let influence: [Double]

    /// With a normal interval; nil without an error.
    public var effect: RolloutEffect? {
        standardError.map { RolloutEffect(estimate: estimate, standardError: $0, degrees: nil) }
    }

    /// So many standard errors either way, e.g. the critical value of `MultiplierBootstrap`, whose level is given along;
    /// nil without an error.
    public func band(criticalValue: Double, level: Double) -> Interval? {
        guard let standardError else { return nil }
        let reach = criticalValue * standardError
        let (lower, upper) = (estimate - reach, estimate + reach)
        return lower.isFinite && upper.isFinite ? Interval(lower: lower, upper: upper, level: level) : nil
    }

    /// Whether so few sites are behind it that it should have no line of its own.
    public var isOfFewSites: Bool { treated < StaggeredDifferences.fewestSitesOfCohort }
}

extension StaggeredDifferences {
    /// One number: every cell from the start on, by the sites of its cohort.
    public func overall() -> StaggeredAggregate? {
        byShare(cells.indices.filter { cells[$0].period >= cells[$0].cohort }, place: nil)
    }

    /// By periods since the start, below 0 before it.
    public func byEventTime() -> [StaggeredAggregate] {
        Dictionary(grouping: cells.indices) { cells[$0].period - cells[$0].cohort }.sorted { $0.key < $1.key }
            .compactMap { byShare($0.value, place: $0.key) }
    }

    /// Of each cohort, the mean of its periods from the start on.
    public func byCohort() -> [StaggeredAggregate] {
        cohorts.compactMap { cohort, count in
            let own = cells.indices.filter { cells[$0].cohort == cohort && cells[$0].period >= cohort }
            guard !own.isEmpty else { return nil }
            let weight = 1 / Double(own.count)
            var influence = Array(repeating: 0.0, count: sites)
            for cell in own { influence.add(weight, times: influences[cell]) }
            return StaggeredAggregate(
                place: cohort, estimate: own.reduce(0) { $0 + cells[$1].estimate } * weight,
                standardError: Self.error(influence), treated: count, influence: influence)
        }
    }

    /// Of each period, all cohorts that had begun.
    public func byPeriod() -> [StaggeredAggregate] {
        let after = cells.indices.filter { cells[$0].period >= cells[$0].cohort }
        return Dictionary(grouping: after) { cells[$0].period }.sorted { $0.key < $1.key }
            .compactMap { byShare($0.value, place: $0.key) }
    }

    /// The mean over the periods since the start, each counting alike.
    public func meanOverEventTime() -> StaggeredAggregate? { mean(byEventTime().filter { ($0.place ?? -1) >= 0 }) }

    /// The mean over periods, each counting alike.
    public func meanOverPeriods() -> StaggeredAggregate? { mean(byPeriod()) }

    /// The mean over cohorts, each by its sites.
    public func meanOverCohorts() -> StaggeredAggregate? {
        let rows = byCohort()
        let known = cohorts.indices.filter { cohort in rows.contains { $0.place == cohorts[cohort].cohort } }
        let total = known.reduce(0) { $0 + shares[$1] }
        guard total > 0 else { return nil }
        let estimate = zip(rows, known).reduce(0) { $0 + $1.0.estimate * shares[$1.1] } / total
        var influence = Array(repeating: 0.0, count: sites)
        var surplus = shares.map { _ in 0.0 }
        for (row, cohort) in zip(rows, known) {
            influence.add(shares[cohort] / total, times: row.influence)
            surplus[cohort] = row.estimate - estimate
        }
        addShares(of: surplus, total: total, to: &influence)
        return aggregate(nil, estimate, influence, treated: rows.reduce(0) { $0 + $1.treated })
    }

    /// Cells weighted by the shares of their cohorts among sites; that these are estimated is part of the error.
    private func byShare(_ chosen: [Int], place: Int?) -> StaggeredAggregate? {
        let total = chosen.reduce(0) { $0 + shares[cohortOfCell[$1]] }
        guard total > 0 else { return nil }
        let estimate = chosen.reduce(0) { $0 + cells[$1].estimate * shares[cohortOfCell[$1]] } / total
        let treated = Set(chosen.map { cohortOfCell[$0] }).reduce(0) { $0 + cohorts[$1].sites }
        var influence = Array(repeating: 0.0, count: sites)
        guard chosen.contains(where: { cells[$0].standardError != nil }) else {
            return StaggeredAggregate(
                place: place, estimate: estimate, standardError: nil, treated: treated, influence: influence)
        }
        var surplus = shares.map { _ in 0.0 }
        for cell in chosen {
            let cohort = cohortOfCell[cell]
            influence.add(shares[cohort] / total, times: influences[cell])
            surplus[cohort] += cells[cell].estimate - estimate
        }
        addShares(of: surplus, total: total, to: &influence)
        return aggregate(place, estimate, influence, treated: treated)
    }

    /// A site more of a cohort moves the estimate by how far the cohort lies from it.
    private func addShares(of surplus: [Double], total: Double, to influence: inout [Double]) {
        for (site, cohort) in cohortOf.enumerated() where cohort >= 0 {
            influence[site] += weights[site] * surplus[cohort] / total
        }
    }

    private func mean(_ rows: [StaggeredAggregate]) -> StaggeredAggregate? {
        guard !rows.isEmpty else { return nil }
        let weight = 1 / Double(rows.count)
        var influence = Array(repeating: 0.0, count: sites)
        for row in rows { influence.add(weight, times: row.influence) }
        return aggregate(
            nil, rows.reduce(0) { $0 + $1.estimate } * weight, influence, treated: rows.map(\.treated).max() ?? 0)
    }

    private func aggregate(
        _ place: Int?, _ estimate: Double, _ influence: [Double], treated: Int
    ) -> StaggeredAggregate {
        StaggeredAggregate(
            place: place, estimate: estimate, standardError: Self.error(influence), treated: treated,
            influence: influence)
    }
}

extension [Double] {
    fileprivate mutating func add(_ weight: Double, times other: [Double]) {
        for index in indices { self[index] += weight * other[index] }
    }
}
