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
