/// How the random effects of a clinic, or of a client, vary together: linear in a few unknown numbers, each told in units
/// of the residual variance.
public struct EffectCovariance: Equatable, Sendable {
    /// What the unknown numbers are looked for as.
    enum Coordinates: Equatable { case variances, choleskyFactor, entries }

    /// The number of effects.
    public let order: Int
    /// The covariance's derivative by each unknown number.
    let components: [SymmetricMatrix]
    /// What is there whatever the unknown numbers are.
    let base: SymmetricMatrix
    let coordinates: Coordinates

    private init(order: Int, components: [SymmetricMatrix], base: SymmetricMatrix? = nil, _ coordinates: Coordinates) {
        (self.order, self.components, self.coordinates) = (order, components, coordinates)
        self.base = base ?? SymmetricMatrix(order: order)
    }

    /// No random effects at this level.
    public static let none = Self(order: 0, components: [], .variances)

    /// One effect with a variance of its own.
    public static let intercept = independent([0])

    /// Effects independent of one another; those with the same number share one variance.
    ///
    /// `[0, 1, 1, 1, 1]` is a clinic's level and what is particular to each of its four visits.
    /// - Parameter variances: for each effect which variance it has, numbered from 0 without gaps.
    public static func independent(_ variances: [Int]) -> Self {
        let components = (0...(variances.max() ?? -1)).map { number in
            var component = SymmetricMatrix(order: variances.count)
            for (effect, own) in variances.enumerated() where own == number { component[effect, effect] = 1 }
            return component
        }
        return Self(order: variances.count, components: components, .variances)
    }

    /// Effects with any variances and covariances, e.g. level and slope.
    ///
    /// The unknown numbers are the lower triangle row by row.
    public static func unstructured(_ order: Int) -> Self {
        order == 1 ? intercept : Self(order: order, components: entries(order), .choleskyFactor)
    }

    /// Any covariance of the visits of one client, residual included (Mallinckrodt et al. 2001); the effects are the visits'
    /// indicators, a row a visit.
    ///
    /// V = σ²(I + Γ) with Γ₀₀ held at 1, so that σ² is half the first visit's variance.
    public static func visits(_ count: Int) -> Self {
        var base = SymmetricMatrix(order: count)
        base[0, 0] = 1
        return Self(order: count, components: Array(entries(count).dropFirst()), base: base, .entries)
    }

    private static func entries(_ order: Int) -> [SymmetricMatrix] {
        (0..<order).flatMap { row in
            (0...row).map { column in
                var component = SymmetricMatrix(order: order)
                component[row, column] = 1
                return component
            }
        }
    }

    /// The covariance in units of the residual variance.
    func value(_ ratios: some Sequence<Double>) -> SymmetricMatrix {
        var sum = base
        for (ratio, component) in zip(ratios, components) { sum.add(ratio, times: component) }
        return sum
    }
}
