/// The limits that DHIS2 generates for a value: mean ± k standard deviations of what was reported before it.
enum MinMax {
    /// DHIS2 takes the SD with n below the line (`stddev_pop`); `noVariation` where the earlier months are all equal.
    static func test(
        _ value: Double, after earlier: [Double], limit: Double
    ) -> Result<OutlierFinding, Unavailable> {
        guard limit > 0, limit.isFinite else { return .failure(.invalidLevel) }
        guard earlier.count >= OutlierScreening.fewestOthers else { return .failure(.tooFewPoints) }
        let sample = Sample(values: earlier)
        let deviation = (sample.squares / sample.size).squareRoot()
        guard !sample.isRounding(deviation) else { return .failure(.noVariation) }
        return OutlierFinding.score(
            (value - sample.mean) / deviation, limit: limit, middle: sample.mean, unit: deviation,
            falseAlarm: falseAlarm(beyond: limit, size: sample.size))
    }

    /// P(beyond) of normal values: score · √((n − 1)/(n + 1)) is Student's t on n − 1 degrees of freedom.
    static func falseAlarm(beyond limit: Double, size: Double) -> Double? {
        let t = limit * ((size - 1) / (size + 1)).squareRoot()
        return StudentT.lowerTail(-t, degrees: size - 1).map { 2 * $0 }
    }
}
