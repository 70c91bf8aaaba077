import Testing

@testable import Metrics

/// Skipped in a clone without ../shared/oracle, which prints the reason.
@Suite("Special functions against R's larger set", .enabled(if: Reference.hasOracle))
struct SpecialFunctionsOracleTests {
    /// Compares columns of one case; each function takes a row by column name.
    private func compare(_ id: String, _ columns: [String: ([String: Double]) -> Double?]) throws {
        let (value, tolerance) = try Reference.oracle("special", id)
        var agreement = Agreement(with: "special.\(id)", within: tolerance)
        let table = value.members.mapValues(\.column)
        for (name, function) in columns {
            let expected = table[name] ?? []
            for index in expected.indices {
                let row = table.compactMapValues { $0[index] }
                agreement.expect(function(row), expected[index], "\(name)[\(index)]")
            }
        }
        agreement.conclude()
    }

    @Test("Incomplete gamma functions and quantiles agree with pgamma, qgamma and qchisq")
    func gamma() throws {
        try compare(
            "pgamma",
            [
                "P": { GammaFunctions.regularisedP(shape: $0["a"] ?? 0, $0["x"] ?? 0) },
                "Q": { GammaFunctions.regularisedQ(shape: $0["a"] ?? 0, $0["x"] ?? 0) },
            ])
        try compare("qgamma", ["x": { GammaFunctions.inverseP(shape: $0["a"] ?? 0, $0["p"] ?? 0) }])
        try compare("qchisq", ["x": { GammaFunctions.chiSquaredQuantile($0["p"] ?? 0, degrees: $0["df"] ?? 0) }])
    }

    @Test("Logarithm of gamma and its derivatives agree with lgamma, digamma and trigamma")
    func derivatives() throws {
        try compare(
            "lgamma",
            [
                "lgamma": { GammaFunctions.logGamma($0["x"] ?? 0) },
                "digamma": { GammaFunctions.digamma($0["x"] ?? 0) },
                "trigamma": { GammaFunctions.trigamma($0["x"] ?? 0) },
            ])
    }

    @Test("Incomplete beta functions agree with pbeta and qbeta")
    func beta() throws {
        try compare(
            "pbeta",
            [
                "I": { BetaFunctions.regularised($0["x"] ?? 0, a: $0["a"] ?? 0, b: $0["b"] ?? 0) },
                "C": { BetaFunctions.complement($0["x"] ?? 0, a: $0["a"] ?? 0, b: $0["b"] ?? 0) },
            ])
        try compare("qbeta", ["x": { BetaFunctions.inverse($0["p"] ?? 0, a: $0["a"] ?? 0, b: $0["b"] ?? 0) }])
    }

    @Test("Normal, t and F distributions agree with pnorm, qnorm, pt, qt, pf and qf")
    func distributions() throws {
        try compare(
            "pnorm", ["p": { Normal.lowerTail($0["z"] ?? 0) }, "q": { Normal.lowerTail(-($0["z"] ?? 0)) }])
        try compare("qnorm", ["z": { Normal.quantile($0["p"] ?? 0) }])
        try compare(
            "pt",
            [
                "p": { StudentT.lowerTail($0["t"] ?? 0, degrees: $0["df"] ?? 0) },
                "q": { StudentT.lowerTail(-($0["t"] ?? 0), degrees: $0["df"] ?? 0) },
            ])
        try compare("qt", ["t": { StudentT.quantile($0["p"] ?? 0, degrees: $0["df"] ?? 0) }])
        try compare("pf", ["q": { FisherF.upperTail($0["x"] ?? 0, degrees: ($0["df1"] ?? 0, $0["df2"] ?? 0)) }])
        try compare("qf", ["x": { FisherF.quantile($0["p"] ?? 0, degrees: ($0["df1"] ?? 0, $0["df2"] ?? 0)) }])
    }

    @Test("Densities and tails of counts agree with dbinom, pbinom, dpois, ppois and dnbinom(log = TRUE)")
    func counts() throws {
        try compare(
            "binom",
            [
                "d": { Binomial.density($0["k"] ?? 0, trials: $0["n"] ?? 0, probability: $0["p"] ?? 0) },
                "P": { Binomial.lowerTail($0["k"] ?? 0, trials: $0["n"] ?? 0, probability: $0["p"] ?? 0) },
            ])
        try compare(
            "pois",
            [
                "d": { Poisson.density($0["k"] ?? 0, mean: $0["mu"] ?? 0) },
                "P": { Poisson.lowerTail($0["k"] ?? 0, mean: $0["mu"] ?? 0) },
                "Q": { Poisson.upperTail($0["k"] ?? 0, mean: $0["mu"] ?? 0) },
            ])
        try compare(
            "nbinom",
            [
                "ld": {
                    NegativeBinomialRegression.logLikelihood([$0["k"] ?? 0], [$0["mu"] ?? 0], $0["size"] ?? 0)
                }
            ])
    }
}
