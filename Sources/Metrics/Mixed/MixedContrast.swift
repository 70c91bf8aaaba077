/// How many degrees of freedom a contrast has.
public enum DegreesMethod: String, CaseIterable, Sendable {
    /// Kenward & Roger (1997), which widens the standard error too: for few clusters.
    case kenwardRoger = "kenward_roger"
    /// Satterthwaite (1946).
    case satterthwaite
}

/// A weighted sum of a mixed model's coefficients.
public struct MixedContrast: Equatable, Sendable {
    public let estimate: Double
    public let standardError: Double
    public let degrees: Double

    public var t: Double { estimate / standardError }

    /// Two-sided.
    public var p: Double? { StudentT.lowerTail(-abs(t), degrees: degrees).map { 2 * $0 } }

    public func interval(level: Double = 0.95) -> Interval? {
        guard let tail = Interval.tail(ofLevel: level), let t = StudentT.quantile(1 - tail, degrees: degrees) else {
            return nil
        }
        let half = t * standardError
        return Interval(lower: estimate - half, upper: estimate + half, level: level)
    }
}

/// A test of several contrasts at once.
public struct MixedTest: Equatable, Sendable {
    /// The scaled statistic, to be held against F.
    public let f: Double
    /// What Kenward & Roger multiply F by; 1 for Satterthwaite.
    public let scale: Double
    public let degrees: (numerator: Double, denominator: Double)

    public var p: Double? { FisherF.upperTail(f, degrees: degrees) }

    public static func == (left: Self, right: Self) -> Bool {
        left.f == right.f && left.scale == right.scale && left.degrees == right.degrees
    }
}

extension LinearMixedModel {
    /// - Parameter weights: one for each column of X.
    /// - Parameter most: degrees of freedom that it has at most: J − 2 between J clinics of two arms, (J − 2)(T − 1) for what
    ///   changes within clinics over T visits; for models in which a clinic's variance may be estimated as 0.
    /// - Returns: Nil if a column that was left out is needed, or the method has no answer.
    public func contrast(
        _ weights: [Double], degrees method: DegreesMethod = .kenwardRoger, most: Double = .infinity
    ) -> MixedContrast? {
        guard let own = standardised(weights), let estimate = estimate(weights) else { return nil }
        let variance: Double
        let degrees: Double?
        switch method {
        case .kenwardRoger:
            guard let correction = kenwardRoger else { return nil }
            (variance, degrees) = (correction.covariance.form(own), correction.test([own])?.degrees)
        case .satterthwaite:
            variance = residualVariance * point.likelihood.covariance.form(own)
            degrees = satterthwaiteDegrees(own)
        }
        guard let degrees, variance > 0, variance.isFinite, estimate.isFinite else { return nil }
        return MixedContrast(
            estimate: estimate, standardError: variance.squareRoot(), degrees: min(degrees, most))
    }

    /// Whether all contrasts are 0. Contrasts that follow from others are left out.
    public func test(
        _ contrasts: [[Double]], degrees method: DegreesMethod = .kenwardRoger, most: Double = .infinity
    ) -> MixedTest? {
        let all = contrasts.map { (own: standardised($0), estimate: estimate($0)) }
        guard !all.isEmpty, all.allSatisfy({ $0.own != nil }) else { return nil }
        var covariance = residualCovariance
        var correction: KenwardRoger?
        if method == .kenwardRoger {
            guard let own = kenwardRoger else { return nil }
            (correction, covariance) = (own, own.covariance)
        }
        let whole = Self.covariance(all.compactMap(\.own), covariance)
        let dependent = Set(SymmetricFactors(whole).dependent)
        let kept = all.indices.filter { !dependent.contains($0) }
        let (own, middle) = (kept.compactMap { all[$0].own }, whole.restricted(to: kept))
        let estimates = kept.compactMap { all[$0].estimate }
        guard !kept.isEmpty else { return nil }
        let q = Double(kept.count)
        let statistic = zip(estimates, SymmetricFactors(middle).solve(estimates)).reduce(0) { $0 + $1.0 * $1.1 } / q
        let answer = correction.map { $0.test(own) } ?? satterthwaiteDegrees(own, middle).map { (1, $0) }
        guard let (scale, degrees) = answer, (scale * statistic).isFinite else { return nil }
        return MixedTest(f: scale * statistic, scale: scale, degrees: (q, min(degrees, most)))
    }

    /// The adjusted covariance of two weighted sums of coefficients.
    public func adjustedCovariance(_ one: [Double], _ other: [Double]) -> Double? {
        guard let left = standardised(one), let right = standardised(other), let correction = kenwardRoger else {
            return nil
        }
        return zip(left, correction.covariance.times(right)).reduce(0) { $0 + $1.0 * $1.1 }
    }

    private var residualCovariance: SymmetricMatrix {
        var covariance = point.likelihood.covariance
        covariance.scale(by: residualVariance)
        return covariance
    }

    /// LCLᵀ.
    private static func covariance(_ contrasts: [[Double]], _ c: SymmetricMatrix) -> SymmetricMatrix {
        var result = SymmetricMatrix(order: contrasts.count)
        for (row, one) in contrasts.enumerated() {
            let image = c.times(one)
            for column in 0...row { result[row, column] = zip(contrasts[column], image).reduce(0) { $0 + $1.0 * $1.1 } }
        }
        return result
    }
}
