/// One wave a year at whole months: twelve cosines and sines, worked out once.
enum YearlyWave {
    private static let cosines = (0..<12).map { Double.cos(2 * .pi * Double($0) / 12) }
    private static let sines = (0..<12).map { Double.sin(2 * .pi * Double($0) / 12) }

    /// The cosine and the sine of every month, a column each.
    static func columns(_ months: [Double]) -> [[Double]] {
        let places = months.map { Int($0 - 12 * ($0 / 12).rounded(.down)) }
        let (cosines, sines) = (cosines, sines)
        return [places.map { cosines[$0] }, places.map { sines[$0] }]
    }
}
