/// One month of a p or u chart: a count over what it is counted on.
struct MonthlyCount: Equatable, Sendable {
    let numerator: Double
    /// Above 0.
    let denominator: Double

    var ratio: Double { numerator / denominator }

    static func + (left: MonthlyCount, right: MonthlyCount) -> MonthlyCount {
        MonthlyCount(
            numerator: left.numerator + right.numerator, denominator: left.denominator + right.denominator)
    }

    /// The months of two aligned series, nil where a number is missing or the denominator is 0;
    /// nil altogether if the series differ in length or a count is impossible under the model.
    static func series(_ numerators: [Double?], over denominators: [Double?], _ model: CountModel) -> [MonthlyCount?]? {
        guard numerators.count == denominators.count else { return nil }
        var months: [MonthlyCount?] = []
        for pair in zip(numerators, denominators) {
            guard let numerator = pair.0, let denominator = pair.1 else {
                months.append(nil)
                continue
            }
            guard model.allows(numerator, over: denominator) else { return nil }
            months.append(denominator > 0 ? MonthlyCount(numerator: numerator, denominator: denominator) : nil)
        }
        return months
    }
}
