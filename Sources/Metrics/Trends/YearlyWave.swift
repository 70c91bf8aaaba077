/// One wave a year at whole months: twelve cosines and sines, worked out once.
enum YearlyWave {
    private static let cosines = (0..<12).map { Double.cos(2 * .pi * Double($0) / 12) }
    private static let sines = (0..<12).map { Double.sin(2 * .pi * Double($0) / 12) }

    /// The cosine and the sine of every month, a column each; with more waves, those of a half, a third … of a year too.
    static func columns(_ months: [Double], waves: Int = 1) -> [[Double]] {
        let places = months.map { Int($0 - 12 * ($0 / 12).rounded(.down)) }
        let (cosines, sines) = (cosines, sines)
        return (0..<waves).flatMap { wave in
            let turned = wave == 0 ? places : places.map { ($0 * (wave + 1)) % 12 }
            return [turned.map { cosines[$0] }, turned.map { sines[$0] }]
        }
    }
}
