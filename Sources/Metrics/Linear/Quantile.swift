/// Quantiles of a sample.
enum Quantile {
    /// Between two values in proportion to rank, (n − 1)p + 1 (Hyndman & Fan 1996, type 7); of sorted values.
    static func linear(_ sorted: [Double], _ p: Double) -> Double {
        guard let last = sorted.last else { return .nan }
        let place = Double(sorted.count - 1) * p
        let below = Int(place)
        guard below + 1 < sorted.count else { return last }
        return sorted[below] + (place - Double(below)) * (sorted[below + 1] - sorted[below])
    }
}
