import Metrics
import Testing

@Suite("Special functions")
struct SpecialFunctionsTests {
    @Test("Textbook values: χ² of 2 degrees is −2 ln(1 − p), ψ(1) is minus Euler's constant, ψ′(1) is π²/6")
    func byHand() throws {
        var known = Agreement(with: "textbook values")
        known.expect(GammaFunctions.chiSquaredQuantile(0.5, degrees: 2), 1.3862943611198906)
        known.expect(GammaFunctions.digamma(1), -0.5772156649015329)
        known.expect(GammaFunctions.trigamma(1), 1.6449340668482264)
        known.expect(GammaFunctions.logGamma(5), 3.1780538303479458)
        known.expect(BetaFunctions.regularised(0.25, a: 1, b: 2), 7.0 / 16)
        known.expect(StudentT.quantile(0.75, degrees: 1), 1)
        known.expect(FisherF.upperTail(1, degrees: (7, 7)), 0.5)
        known.expect(Poisson.density(2, mean: 0), 0)
        known.expect(Binomial.density(2, trials: 4, probability: 0.5), 3.0 / 8)
        known.conclude()
    }

    @Test("Outside their domain they answer nil, never NaN, infinity or an exception")
    func outside() {
        let nowhere: [Double] = [.nan, -1, .infinity]
        for x in nowhere {
            #expect(GammaFunctions.inverseP(shape: 2, x) == nil)
            #expect(GammaFunctions.inverseQ(shape: 2, x) == nil)
            #expect(BetaFunctions.regularised(x, a: 1, b: 1) == nil)
            #expect(BetaFunctions.inverse(x, a: 1, b: 1) == nil)
            #expect(Normal.quantile(x) == nil)
            #expect(StudentT.quantile(x, degrees: 3) == nil)
            #expect(Poisson.quantile(0.5, mean: x) == nil)
            #expect(Binomial.quantile(0.5, trials: x, probability: 0.5) == nil)
        }
        for x in nowhere.dropLast() {
            #expect(GammaFunctions.regularisedP(shape: x, 1) == nil)
            #expect(GammaFunctions.logGamma(x) == nil)
            #expect(StudentT.lowerTail(0, degrees: x) == nil)
            #expect(FisherF.quantile(0.5, degrees: (x, 3)) == nil)
        }
        #expect(Normal.quantile(0) == nil)
        #expect(Normal.quantile(1) == nil)
        #expect(GammaFunctions.trigamma(0) == nil)
    }

    @Test("Tails add to 1 and quantiles undo them, on random arguments")
    func properties() throws {
        var random = SeededGenerator(seed: 1)
        for _ in 0..<300 {
            let a = Double.random(in: 0.2...500, using: &random)
            let b = Double.random(in: 0.2...500, using: &random)
            let p = Double.random(in: 0.001...0.999, using: &random)
            let x = try #require(GammaFunctions.inverseP(shape: a, p))
            #expect(abs((GammaFunctions.regularisedP(shape: a, x) ?? 0) - p) < 1e-10)
            #expect(abs((GammaFunctions.regularisedQ(shape: a, x) ?? 0) - (1 - p)) < 1e-10)
            let y = try #require(BetaFunctions.inverse(p, a: a, b: b))
            #expect(abs((BetaFunctions.regularised(y, a: a, b: b) ?? 0) - p) < 1e-9)
            #expect(abs((BetaFunctions.complement(1 - y, a: b, b: a) ?? 0) - p) < 1e-9)
        }
    }

    @Test("χ² quantiles of 2·10⁹ degrees return at once and lie within Wilson and Hilferty's approximation")
    func hugeCounts() throws {
        let degrees = 2e9
        let quantile = try #require(GammaFunctions.chiSquaredQuantile(0.975, degrees: degrees))
        let cube = 1 - 2 / (9 * degrees) + 1.959963984540054 * (2 / (9 * degrees)).squareRoot()
        #expect(abs(quantile / (degrees * cube * cube * cube) - 1) < 1e-9)
    }

    @Test("Quantiles of counts agree with qpois and qbinom of R")
    func quantilesOfCounts() throws {
        let poisson = try Reference.fixture("poisson")
        let binomial = try Reference.fixture("binomial")
        var counts = Agreement(with: "qpois, qbinom")
        for (column, p) in [("lower", 0.00135), ("median", 0.5), ("upper", 0.99865)] {
            counts.expect(poisson["mean"].numbers.map { Poisson.quantile(p, mean: $0) }, poisson[column].column)
            let pairs = zip(binomial["n"].numbers, binomial["p"].numbers)
            counts.expect(
                pairs.map { Binomial.quantile(p, trials: $0, probability: $1) }, binomial[column].column, column)
        }
        counts.conclude()
    }
}
