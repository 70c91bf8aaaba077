/// An estimate as a simulation needs it.
struct PlainEstimate {
    let estimate: Double
    let standardError: Double
    /// Infinite: the normal law.
    let degrees: Double

    /// Two-sided.
    var p: Double? {
        let statistic = -abs(estimate / standardError)
        return (degrees.isFinite ? StudentT.lowerTail(statistic, degrees: degrees) : Normal.lowerTail(statistic))
            .map { 2 * $0 }
    }

    func interval(level: Double) -> Interval? {
        let tail = (1 - level) / 2
        let quantile = degrees.isFinite ? StudentT.quantile(tail, degrees: degrees) : Normal.quantile(tail)
        return quantile.map {
            Interval(lower: estimate + $0 * standardError, upper: estimate - $0 * standardError, level: level)
        }
    }
}
