// What script/bench trial times of trials of few clinics: six clinics' rows (clinic, client, arm, month, score) by column.
// Reading and sorting them is not timed, as it is not in R.
import Metrics

struct ClusterBenchmark {
    /// All visits, arm * visit, and scores at nine months by those at baseline, with the arm and without.
    private let visits: ClusteredObservations
    private let adjusted: ClusteredObservations
    private let unadjusted: ClusteredObservations
    private let randomisation: Randomisation

    init(_ columns: [String: [Double]]) throws {
        func column(_ name: String) -> [Double] { columns[name] ?? [] }
        let (clinic, client, arm) = (column("clinic"), column("client"), column("arm"))
        let (month, score) = (column("month"), column("score"))
        let seen = score.indices.filter { score[$0].isFinite }
        let months = [3.0, 6, 9].map { visit in seen.map { month[$0] == visit ? 1.0 : 0 } }
        let arms = seen.map { arm[$0] }
        visits = try ClusteredObservations(
            clusters: seen.map { Int(clinic[$0]) },
            covariates: [arms] + months + months.map { zip($0, arms).map { $0 * $1 } },
            outcomes: .each(seen.map { score[$0] }))

        var baseline: [Double: Double] = [:]
        for row in seen where month[row] == 0 { baseline[client[row]] = score[row] }
        let nine = seen.filter { month[$0] == 9 && baseline[client[$0]] != nil }
        let base = nine.map { baseline[client[$0]] ?? .nan }
        let (clinics, outcomes) = (nine.map { Int(clinic[$0]) }, nine.map { score[$0] })
        adjusted = try ClusteredObservations(
            clusters: clinics, covariates: [nine.map { arm[$0] }, base], outcomes: .each(outcomes))
        unadjusted = try ClusteredObservations(clusters: clinics, covariates: [base], outcomes: .each(outcomes))
        let treated = Set(nine.filter { arm[$0] == 1 }.map { Int(clinic[$0]) })
        randomisation = try Randomisation(isTreated: unadjusted.labels.map(treated.contains))
    }

    /// Calls `measure` with the name of each figure and the work; what the work gives is a number to be compared with R's.
    func run(using generator: some RandomNumberGenerator, _ measure: (String, () -> Double) -> Void) {
        var generator = generator
        measure("gee_trial") { (try? equations()) ?? .nan }
        measure("permutation_trial") { (try? permutation(&generator)) ?? .nan }
        measure("wild_trial") { (try? WildBootstrap(adjusted, using: &generator).p) ?? .nan }
        measure("wild_trial_webb") { (try? WildBootstrap(adjusted, weights: .webb, using: &generator).p) ?? .nan }
    }

    /// Exchangeable by clinic in geepack's denominators: the arm's robust error.
    private func equations() throws -> Double {
        let fit = try EstimatingEquations(visits, .linear, correlation: .exchangeable, denominators: .plain)
        return fit.covariance(.liangZeger)[1, 1].squareRoot()
    }

    /// Both stages and all allocations: the two-sided p.
    private func permutation(_ generator: inout some RandomNumberGenerator) throws -> Double {
        try PermutationTest(StageOne.residualMeans(unadjusted), randomisation, using: &generator).p
    }
}
