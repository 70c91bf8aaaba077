/// Sums over clients of positive tests x and tests n: what SQL returns, a row for each site, and all that the interval
/// of a positivity needs when clients are tested again and again.
public struct TestSums: Equatable, Sendable {
    /// Clients tested at least once.
    public let clients: Double
    /// Σx and Σn.
    public let positive: Double
    public let tests: Double
    /// Σx², Σxn and Σn².
    public let positiveSquared: Double
    public let positiveTimesTests: Double
    public let testsSquared: Double

    public init(
        clients: Double, positive: Double, tests: Double, positiveSquared: Double, positiveTimesTests: Double,
        testsSquared: Double
    ) {
        (self.clients, self.positive, self.tests) = (clients, positive, tests)
        (self.positiveSquared, self.positiveTimesTests, self.testsSquared) =
            (positiveSquared, positiveTimesTests, testsSquared)
    }

    /// Sums of clients one by one.
    public init(_ clients: [(positive: Double, tests: Double)]) {
        self.init(
            clients: Double(clients.count), positive: clients.reduce(0) { $0 + $1.positive },
            tests: clients.reduce(0) { $0 + $1.tests },
            positiveSquared: clients.reduce(0) { $0 + $1.positive * $1.positive },
            positiveTimesTests: clients.reduce(0) { $0 + $1.positive * $1.tests },
            testsSquared: clients.reduce(0) { $0 + $1.tests * $1.tests })
    }

    /// Variance of the share of positive tests with clients as clusters, K/(K − 1) Σ(x − pn)²/(Σn)²; nil for one.
    public var variance: Double? {
        guard clients > 1, tests > 0 else { return nil }
        let p = positive / tests
        let squares = positiveSquared - 2 * p * positiveTimesTests + p * p * testsSquared
        return clients / (clients - 1) * max(0, squares) / (tests * tests)
    }

    /// How many times larger that is than if every test were of another client; nil where all or no tests are positive.
    public var designEffect: Double? {
        let p = positive / tests
        guard let variance, p > 0, p < 1 else { return nil }
        return variance / (p * (1 - p) / tests)
    }
}

extension Proportion {
    /// Positive tests among tests, with clients as clusters: Wilson's interval at the effective number of tests,
    /// n/max(1, design effect) (after Korn & Graubard 1998; Dean & Pagano 2015).
    ///
    /// Where all or none are positive the tests do not tell their own design effect: `pooledEffect`, the programme's,
    /// takes its place. One client: no interval is honest, `tooFewUnits`. Numerator: positive, denominator: tests.
    public static func clustered(_ sums: TestSums, pooledEffect: Double = 1, level: Double = 0.95) -> Estimate {
        guard sums.tests.isCountable, sums.positive >= 0, sums.positive <= sums.tests else {
            return .unavailable(.impossibleCounts)
        }
        guard sums.tests > 0 else { return .unavailable(.noDenominator) }
        guard sums.clients > 1 else { return .unavailable(.tooFewUnits) }
        let effective = sums.tests / max(1, sums.designEffect ?? pooledEffect)
        let point = sums.positive / sums.tests
        let wilson = wilson(successes: point * effective, trials: effective, level: level)
        guard let interval = wilson.value?.interval else { return wilson }
        return .checked(
            .init(
                point: point, interval: interval, method: .clusteredProportion, numerator: sums.positive,
                denominator: sums.tests))
    }
}
