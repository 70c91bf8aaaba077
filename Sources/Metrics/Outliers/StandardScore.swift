/// The z score of a value in a series that holds it (WHO, Data Quality Review 2017: 2 is moderate, 3 extreme).
enum StandardScore {
    /// z = (x − mean)/SD with n − 1 in the SD; `noVariation` where all values are equal.
    ///
    /// The value pulls the mean and widens the SD: |z| ≤ (n − 1)/√n (Shiffler 1988), so 3 is out of reach below 11.
    static func test(_ value: Double, in series: [Double], limit: Double) -> Result<OutlierFinding, Unavailable> {
        guard limit > 0, limit.isFinite else { return .failure(.invalidLevel) }
        let sample = Sample(values: series)
        let deviation = (sample.squares / (sample.size - 1)).squareRoot()
        guard !sample.isRounding(deviation) else { return .failure(.noVariation) }
        let score = (value - sample.mean) / deviation
        return OutlierFinding.score(
            score, limit: limit, middle: sample.mean, unit: deviation,
            falseAlarm: falseAlarm(beyond: limit, size: sample.size))
    }

    /// P(|z| > limit) of normal values: z√(n(n − 2)/((n − 1)² − nz²)) is Student's t on n − 2 degrees (Thompson 1935).
    static func falseAlarm(beyond limit: Double, size: Double) -> Double? {
        let room = (size - 1) * (size - 1) - size * limit * limit
        guard room > 0 else { return 0 }
        let t = limit * (size * (size - 2) / room).squareRoot()
        return StudentT.lowerTail(-t, degrees: size - 2).map { 2 * $0 }
    }
}
