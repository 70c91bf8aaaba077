import Testing

@testable import Metrics

/// Skipped in a clone without ../shared/oracle, which prints the reason.
@Suite("Laplace's approximation against lme4 and glmmTMB", .enabled(if: Reference.hasOracle))
struct MixedLaplaceTests {
    @Test("−2 ln L at given deviations and coefficients agrees with lme4's deviance function")
    func grid() throws {
        let problem = try MixedProblem(try MixedModelData.trial(), .binomial)
        let (value, tolerance) = try Reference.oracle("trial_glmm", "glmm.main.dev_grid")
        var agreement = Agreement(with: "trial_glmm.glmm.main.dev_grid", within: tolerance)
        for (point, expected) in zip(value["points"].items, value["m2ll"].numbers) {
            let place =
                problem.scale.scaled(coefficients: Array(point.numbers.dropFirst(2)))
                + [point.numbers[1], point.numbers[0]]
            let found = LaplaceCriterion(problem.tree).derivatives(at: place)
            agreement.expect(found?.value, expected, "\(point.numbers.prefix(2))")
        }
        agreement.conclude()
    }

    @Test("First and second derivatives are those of the criterion")
    func derivatives() throws {
        let problem = try MixedProblem(try MixedModelData.trial(), .binomial)
        for (cluster, member) in [(0.3, 1.0), (0.9, 0.4), (0, 1.5), (0.5, 0)] {
            let point =
                problem.scale.scaled(coefficients: [-1.2, 0.3, -0.2, 0.4, 0.1, 0.2, -0.6, -0.5]) + [cluster, member]
            try expectDerivatives(LaplaceCriterion(problem.tree), at: point)
        }
    }
}

extension MixedCriterion {
    /// The criterion anywhere, without moving the one that is asked.
    func derivatives(at point: [Double]) -> MixedDerivatives? {
        var own = self
        return own.evaluate(MixedParameters(flat: point))
    }
}

/// Compares exact derivatives with differences of the value and of the gradient.
func expectDerivatives(_ criterion: some MixedCriterion, at point: [Double], within tolerance: Double = 1e-5) throws {
    let exact = try #require(criterion.derivatives(at: point))
    let scale = exact.gradient.reduce(1) { max($0, abs($1)) }
    for place in point.indices {
        let step = 1e-5
        var (above, below) = (point, point)
        above[place] += step
        below[place] -= step
        let high = try #require(criterion.derivatives(at: above))
        let low = try #require(criterion.derivatives(at: below))
        let slope = (high.value - low.value) / (2 * step)
        #expect(abs(slope - exact.gradient[place]) < tolerance * scale, "gradient \(place) at \(point.suffix(2))")
        for other in point.indices {
            let bend = (high.gradient[other] - low.gradient[other]) / (2 * step)
            #expect(
                abs(bend - exact.hessian[place, other]) < tolerance * 10 * scale,
                "Hessian \(place), \(other) at \(point.suffix(2)): \(exact.hessian[place, other]), not \(bend)")
        }
    }
}

/// The slow path: every row by itself, every member once, and the whole matrix of second derivatives.
private struct DenseLaplace {
    let data: ClusteredCounts
    let family: MixedFamily

    /// −2 ln L at coefficients of the columns as given and deviations of clusters and members.
    func deviance(_ coefficients: [Double], _ cluster: Double, _ member: Double) -> Double {
        let clusters = Array(Set(data.clusters)).sorted()
        let names = zip(data.clusters, data.members ?? []).map { "\($0)/\($1)" }
        let members = Array(Set(names)).sorted()
        let order = clusters.count + members.count
        let loadings = data.counts.indices.map { row in
            var z = Array(repeating: 0.0, count: order)
            z[clusters.firstIndex(of: data.clusters[row]) ?? 0] = cluster
            z[clusters.count + (members.firstIndex(of: names[row]) ?? 0)] = member
            return z
        }
        var effects = Array(repeating: 0.0, count: order)
        var (loss, matrix) = (0.0, SymmetricMatrix(order: order))
        for _ in 0..<60 {
            var slope = effects
            loss = effects.reduce(0) { $0 + $1 * $1 / 2 }
            matrix = SymmetricMatrix(order: order)
            for index in 0..<order { matrix[index, index] = 1 }
            for (row, z) in loadings.enumerated() {
                let fixed = data.columns.indices.reduce(data.logOffset?[row] ?? 0) {
                    $0 + data.columns[$1][row] * coefficients[$1]
                }
                let predictor = fixed + zip(z, effects).reduce(0) { $0 + $1.0 * $1.1 }
                let (size, mean) = (data.sizes?[row] ?? 1, family.mean(predictor))
                loss += size * family.cumulant(predictor) - data.counts[row] * predictor
                loss -= family.constant(count: data.counts[row], size: size)
                for index in 0..<order { slope[index] += (size * mean - data.counts[row]) * z[index] }
                matrix.add(size * family.second(mean), outerProductOf: z)
            }
            let step = SymmetricFactors(matrix).solve(slope)
            guard step.contains(where: { abs($0) > 1e-12 }) else { break }
            effects = zip(effects, step).map { $0 - $1 }
        }
        return 2 * loss + SymmetricFactors(matrix).logDeterminant
    }
}

@Suite("Laplace's approximation against the whole matrix")
struct LaplaceAgainstDenseTests {
    @Test("Members put together, and the arrow in place of the matrix, change nothing", arguments: 1...6)
    func dense(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        var data = generator.visits(clusters: 2 + seed, members: 6, visits: 3, deviations: (0.5, 1))
        for family in [MixedFamily.binomial, .poisson] {
            if family == .poisson { data.logOffset = data.columns[2].map { .log(0.5 + $0) } }
            let problem = try MixedProblem(data, family)
            let dense = DenseLaplace(data: data, family: family)
            for (cluster, member) in [(0.7, 1.1), (0.2, 0.3), (0, 0.9), (1.4, 0)] {
                let coefficients = [-0.2, 0.4, -0.15]
                let point = problem.scale.scaled(coefficients: coefficients) + [cluster, member]
                let found = try #require(LaplaceCriterion(problem.tree).derivatives(at: point)?.value)
                #expect(found.isNear(dense.deviance(coefficients, cluster, member), within: 1e-11))
            }
        }
    }
}
