/// Mean, spread and median of at least two numbers.
struct Sample {
    let values: [Double]

    var size: Double { Double(values.count) }
    var mean: Double { values.reduce(0, +) / size }
    var median: Double { Self.median(of: values) }

    /// Σ(x − mean)².
    var squares: Double {
        let mean = mean
        return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    }

    /// The median of |x − median|.
    var medianDeviation: Double {
        let median = median
        return Self.median(of: values.map { abs($0 - median) })
    }

    /// Whether a spread is no more than the rounding of equal quotients, such as 3/30 and 7/70.
    func isRounding(_ spread: Double) -> Bool {
        spread <= 1e-12 * (values.map(abs).max() ?? 0)
    }

    private static func median(of values: [Double]) -> Double {
        let sorted = values.sorted()
        let half = sorted.count / 2
        return sorted.count.isMultiple(of: 2) ? (sorted[half - 1] + sorted[half]) / 2 : sorted[half]
    }
}
