import Testing

@testable import Metrics

/// Skipped in a clone without ../shared/oracle, which prints the reason.
@Suite("Shrinkage against R's larger set", .enabled(if: Reference.hasOracle))
struct ShrinkageOracleTests {
    @Test("Gamma–Poisson by maximum likelihood agrees with nlminb, its posteriors with qgamma and pgamma")
    func gammaPoisson() throws {
        let (value, tolerance) = try Reference.oracle("shrinkage", "eb.gammapoisson.ml")
        let table = value["table"]
        let (o, e) = (table["O"].numbers, table["E"].numbers)
        let fit = try GammaPoisson.fit(observed: o, expected: e).get()
        var agreement = Agreement(with: "shrinkage.eb.gammapoisson.ml", within: tolerance)
        agreement.expect(fit.shape, value["shape"].number, "shape")
        agreement.expect(fit.rate, value["rate"].number, "rate")
        agreement.expect(fit.logLikelihood, value["loglik"].number, "likelihood")
        for index in o.indices {
            let site = fit.shrunken(observed: o[index], expected: e[index])
            let posterior = site.estimate.value
            agreement.expect(posterior?.point, table["post_mean"].column[index], "mean \(index)")
            agreement.expect(posterior?.interval?.lower, table["lo"].column[index], "lower \(index)")
            agreement.expect(posterior?.interval?.upper, table["hi"].column[index], "upper \(index)")
            agreement.expect(site.weight, table["weight"].column[index], "weight \(index)")
            agreement.expect(
                fit.exceedance(of: 1.25 * fit.shape / fit.rate, observed: o[index], expected: e[index]),
                table["p_exceed"].column[index], "exceedance \(index)")
        }
        agreement.conclude()

        let (grid, exact) = try Reference.oracle("shrinkage", "eb.gammapoisson.loglik_grid")
        var ofGrid = Agreement(with: "shrinkage.eb.gammapoisson.loglik_grid", within: exact)
        for (index, point) in grid["points"].items.enumerated() {
            let found = GammaPoisson.derivatives(
                Array(zip(o, e)), shape: .exp(point.numbers[0]), rate: .exp(point.numbers[1]))
            ofGrid.expect(found.value, grid["loglik"].column[index], "\(point)")
        }
        ofGrid.conclude()

        let (moments, close) = try Reference.oracle("shrinkage", "eb.marshall")
        let marshall = try #require(Marshall(observed: o, expected: e))
        var ofMoments = Agreement(with: "shrinkage.eb.marshall", within: close)
        ofMoments.expect(marshall.mean, moments["mean"].number)
        ofMoments.expect(marshall.betweenVariance, moments["A"].number)
        ofMoments.expect(zip(o, e).map(marshall.shrunken), moments["eb"].column)
        ofMoments.conclude()
    }

    @Test("Beta–binomial by maximum likelihood agrees with nlminb, its posteriors with qbeta")
    func betaBinomial() throws {
        let (value, tolerance) = try Reference.oracle("shrinkage", "eb.betabinomial.ml")
        let table = value["table"]
        let (x, n) = (table["x"].numbers, table["n"].numbers)
        let fit = try BetaBinomialSites.fit(successes: x, trials: n).get()
        var agreement = Agreement(with: "shrinkage.eb.betabinomial.ml", within: tolerance)
        agreement.expect(fit.a, value["alpha"].number, "α")
        agreement.expect(fit.b, value["beta"].number, "β")
        agreement.expect(fit.logLikelihood, value["loglik"].number, "likelihood")
        for index in x.indices {
            let posterior = fit.shrunken(successes: x[index], trials: n[index]).estimate.value
            agreement.expect(posterior?.point, table["post_mean"].column[index], "mean \(index)")
            agreement.expect(posterior?.interval?.lower, table["lo"].column[index], "lower \(index)")
            agreement.expect(posterior?.interval?.upper, table["hi"].column[index], "upper \(index)")
        }
        agreement.conclude()
    }
}
