/// The variation between each value and the one before it, which a shift or a trend hardly inflates.
enum MovingRange {
    /// d₂ for pairs, the expected range of two standard normal values, 2/√π, as tables print it.
    static let d2 = 1.128
    /// 3/d₂ = 2.66: from the mean moving range to the limits of an XmR chart (Wheeler 2000, who rounds it so).
    static let limitFactor = 2.66

    /// The mean of |x_i − x_{i−1}| in the unit of the values; nil for fewer than two.
    ///
    /// Values on either side of a missing month are neighbours: without a special cause they differ no more.
    static func mean(of values: [Double]) -> Double? {
        guard values.count > 1 else { return nil }
        let total = zip(values.dropFirst(), values).reduce(0) { $0 + abs($1.0 - $1.1) }
        return total / Double(values.count - 1)
    }

    /// The standard deviation that the moving range implies, mean/d₂.
    static func standardDeviation(of values: [Double]) -> Double? {
        mean(of: values).map { $0 / d2 }
    }
}
