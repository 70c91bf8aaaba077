/// Counts of one clinic by month, e.g. dropouts over person-months or positive tests over tests. A month without a
/// report is not there; its place in time stays.
public struct MonthlySeries: Equatable, Sendable {
    /// Months since some origin, ascending; whole numbers.
    public let months: [Double]
    public let numerators: [Double]
    public let denominators: [Double]

    /// Months without a denominator, or with none to count among, are left out.
    public init(months: [Double], numerators: [Double?], denominators: [Double?]) {
        let known = months.indices.filter { numerators[$0] != nil && (denominators[$0] ?? 0) > 0 }
        self.months = known.map { months[$0] }
        self.numerators = known.compactMap { numerators[$0] }
        self.denominators = known.compactMap { denominators[$0] }
    }

    public var ratios: [Double] { zip(numerators, denominators).map { $0 / $1 } }
}
