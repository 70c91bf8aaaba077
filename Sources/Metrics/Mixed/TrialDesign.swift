/// A trial's model ready to be fitted, and how its questions are put to it.
public struct TrialDesign: Sendable {
    public let model: TrialModel
    public let rows: MixedModelRows
    public let effects: RandomEffects
    /// Participants left out because the model needs an outcome at the first visit that they lack.
    public let withoutBaseline: Int
    /// The visits that there are, in order.
    public let visits: [Int]
    private let times: [Double]
    /// For a visit, what the arms' difference is made of.
    private let armColumns: Int

    /// - Parameters:
    ///   - times: when each visit of the plan is, e.g. in months; the visit's number if nothing is given.
    public init(_ model: TrialModel, _ observations: [TrialObservation], times: [Double]? = nil)
        throws(MixedModelFailure)
    {
        let present = observations.filter { $0.outcome != nil }
        let baseline = Dictionary(
            present.lazy.filter { $0.visit == 0 }.map { ($0.subject, $0.outcome ?? 0) }
        ) { first, _ in first }
        let adjusts = model.means == .adjustedForBaseline
        let used = adjusts ? present.filter { $0.visit > 0 && baseline[$0.subject] != nil } : present
        let last = observations.map(\.visit).max() ?? 0
        let plan = times ?? (0...max(0, last)).map(Double.init)
        let covariates = observations.first?.covariates.count ?? 0
        guard observations.allSatisfy({ $0.visit >= 0 && $0.visit < plan.count && $0.covariates.count == covariates }),
            plan.allSatisfy(\.isFinite), !used.isEmpty
        else { throw .impossibleData }
        (self.model, self.times) = (model, plan)
        visits = Set(used.map(\.visit)).sorted()
        withoutBaseline = adjusts ? Set(present.map(\.subject)).subtracting(baseline.keys).count : 0
        let centre = baseline.isEmpty ? 0 : baseline.values.sorted().reduce(0, +) / Double(baseline.count)
        var columns = Self.columns(model.means, used, visits, plan)
        armColumns = columns.arm.count
        if adjusts { columns.other.append(used.map { (baseline[$0.subject] ?? centre) - centre }) }
        for place in 0..<covariates { columns.other.append(used.map { $0.covariates[place] }) }
        var rows = MixedModelRows(
            outcome: used.compactMap(\.outcome), fixed: columns.arm + columns.other, clusters: used.map(\.cluster),
            subjects: used.map(\.subject))
        effects = Self.vary(&rows, model.variation, used, visits, plan)
        self.rows = rows
    }

    /// The columns that tell the arms apart first.
    private static func columns(
        _ means: TrialModel.Means, _ used: [TrialObservation], _ visits: [Int], _ times: [Double]
    ) -> (arm: [[Double]], other: [[Double]]) {
        let arm = used.map { $0.isIntervention ? 1.0 : 0 }
        let ones = Array(repeating: 1.0, count: used.count)
        func at(_ visit: Int) -> [Double] { used.map { $0.visit == visit ? 1 : 0 } }
        func inArm(_ column: [Double]) -> [Double] { zip(arm, column).map { $0 * $1 } }
        switch means {
        case .line:
            let time = used.map { times[$0.visit] }
            return ([arm, inArm(time)], [ones, time])
        case .commonBaseline:
            return (visits.filter { $0 > 0 }.map { inArm(at($0)) }, [ones] + visits.dropFirst().map(at))
        case .armByVisit, .adjustedForBaseline:
            return (visits.map { inArm(at($0)) }, [ones] + visits.dropFirst().map(at))
        }
    }

    private static func vary(
        _ rows: inout MixedModelRows, _ variation: TrialModel.Variation, _ used: [TrialObservation], _ visits: [Int],
        _ times: [Double]
    ) -> RandomEffects {
        let places = used.map { visits.firstIndex(of: $0.visit) ?? 0 }
        let indicators = MixedModelRows.indicators(places, count: visits.count)
        switch variation {
        case .levels: return .nested
        case .clusterVisits:
            rows.clusterEffects += indicators
            return .clusterVisits(visits.count)
        case .slopes:
            rows.subjectEffects.append(used.map { times[$0.visit] })
            return RandomEffects(subject: .unstructured(2), cluster: .intercept)
        case .visits:
            rows.subjectEffects = indicators
            return RandomEffects(subject: .visits(visits.count), cluster: .intercept)
        }
    }

    public func fit(method: LikelihoodMethod = .restricted) throws(MixedModelFailure) -> LinearMixedModel {
        try LinearMixedModel(MixedStatistics(rows), effects, method: method)
    }

    /// The weights of the columns that answer a question; nil if the model does not.
    public func weights(_ question: TrialQuestion) -> [Double]? {
        let later = visits.filter { $0 > 0 }
        switch question {
        case .difference(let visit): return difference(visit)
        case .change(let visit):
            guard let then = difference(visit), let before = difference(0) else { return nil }
            return zip(then, before).map { $0 - $1 }
        case .averageDifference: return average(later.map { .difference(visit: $0) })
        case .averageChange: return average(later.map { .change(visit: $0) })
        }
    }

    private func average(_ questions: [TrialQuestion]) -> [Double]? {
        let all = questions.compactMap(weights)
        guard !questions.isEmpty, all.count == questions.count else { return nil }
        return rows.fixed.indices.map { column in all.reduce(0) { $0 + $1[column] } / Double(all.count) }
    }

    private func difference(_ visit: Int) -> [Double]? {
        var weights = Array(repeating: 0.0, count: rows.fixed.count)
        switch model.means {
        case .line:
            guard times.indices.contains(visit) else { return nil }
            (weights[0], weights[1]) = (1, times[visit])
        case .commonBaseline:
            guard visit > 0 else { return weights }
            guard let place = visits.filter({ $0 > 0 }).firstIndex(of: visit) else { return nil }
            weights[place] = 1
        case .armByVisit, .adjustedForBaseline:
            guard let place = visits.firstIndex(of: visit) else { return nil }
            weights[place] = 1
        }
        return weights
    }

    /// The answer to a question. Where a variance of clinics is estimated as 0 its degrees of freedom are capped, for they
    /// would count clients instead of clinics.
    public func answer(
        _ question: TrialQuestion, _ fit: LinearMixedModel, degrees: DegreesMethod = .kenwardRoger
    ) -> MixedContrast? {
        guard let weights = weights(question) else { return nil }
        let ofClusters = effects.subject.components.count
        let isAtBoundary = fit.convergence.boundary.contains { $0 >= ofClusters }
        return fit.contrast(
            weights, degrees: degrees, most: isAtBoundary ? mostDegrees(question) ?? .infinity : .infinity)
    }

    /// The most degrees of freedom that a question may have where clinics' variances are estimated as 0: J − 2 between
    /// clinics, (J − 2)(T − 1) for what changes within them.
    public func mostDegrees(_ question: TrialQuestion) -> Double? {
        let clusters = Set(rows.clusters).count
        guard clusters > 2 else { return nil }
        switch question {
        case .difference, .averageDifference: return Double(clusters - 2)
        case .change, .averageChange: return visits.count > 1 ? Double((clusters - 2) * (visits.count - 1)) : nil
        }
    }
}
