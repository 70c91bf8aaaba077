/// A steady change of a clinic's rate or odds from year to year, with or without the seasons.
public struct LogLinearTrend: Sendable {
    /// Whether months of a year differ as a wave does: one cosine and one sine.
    public let seasonal: Bool
    /// Whether the error is at least that of chance, and allows for neighbouring months that resemble one another.
    /// Without it the dispersion is taken as it came out, which is what R's quasi families print.
    public let cautious: Bool

    public init(seasonal: Bool = true, cautious: Bool = true) {
        (self.seasonal, self.cautious) = (seasonal, cautious)
    }

    /// Months below which a wave, or a line, says nothing.
    var fewestMonths: Int { seasonal ? 12 : 4 }
    /// Neighbouring residuals more alike than this are allowed for.
    static let notableCorrelation = 0.2

    /// Events over exposure: ln E(y) = a + bt (+ c cos 2πt + d sin 2πt) + ln exposure, t in years (quasi-Poisson).
    ///
    /// `tooFewPoints`, or `noVariation` where no month had an event.
    public func ofRate(_ series: MonthlySeries) -> Result<AnnualChange, Unavailable> {
        guard series.months.count >= fewestMonths else { return .failure(.tooFewPoints) }
        guard series.numerators.contains(where: { $0 > 0 }) else { return .failure(.noVariation) }
        return change(
            series, family: .poisson, sizes: nil, logOffset: series.denominators.map { .log($0) })
    }

    /// Successes among trials: ln odds in the place of ln E(y) (quasi-binomial); errors likewise, also where all were.
    public func ofOdds(_ series: MonthlySeries) -> Result<AnnualChange, Unavailable> {
        guard series.months.count >= fewestMonths else { return .failure(.tooFewPoints) }
        let (some, all) = (series.numerators.reduce(0, +), series.denominators.reduce(0, +))
        guard some > 0, some < all else { return .failure(.noVariation) }
        return change(series, family: .binomial, sizes: series.denominators, logOffset: nil)
    }

    /// The regression behind both, for tests that look inside.
    func design(_ months: [Double]) -> (design: Design, centre: Double) {
        // Time is taken from the middle of the series, so that the intercept is no extrapolation.
        let centre = months.reduce(0, +) / Double(months.count) / 12
        var columns = [Array(repeating: 1.0, count: months.count), months.map { $0 / 12 - centre }]
        if seasonal { columns += YearlyWave.columns(months) }
        return (Design(columns: columns), centre)
    }

    private func change(
        _ series: MonthlySeries, family: CountFamily, sizes: [Double]?, logOffset: [Double]?
    ) -> Result<AnnualChange, Unavailable> {
        let (design, centre) = design(series.months)
        let fit: CountRegression
        do {
            // From no change at all, at the level of all months together: a step nearer than the months themselves.
            let level = series.numerators.reduce(0, +) / series.denominators.reduce(0, +)
            var start = Array(repeating: 0.0, count: design.columns)
            start[0] = sizes == nil ? .log(level) : .log(level / (1 - level))
            fit = try CountRegression(
                design, counts: series.numerators, sizes: sizes, logOffset: logOffset, family: family, start: start)
        } catch {
            return .failure(error == .separated ? .separated : .notComputable)
        }
        guard let dispersion = fit.dispersion else { return .failure(.tooFewPoints) }
        let residuals = fit.pearsonResiduals(counts: series.numerators, sizes: sizes, family: family)
        let correlation = Self.lagOne(residuals, series.months)
        let inverse = fit.information.inverse()
        var error = (inverse[1, 1] * (cautious ? max(1, dispersion) : dispersion)).squareRoot()
        let allows = cautious && correlation > Self.notableCorrelation
        if allows {
            let lag = NeweyWest.usualLag(series.months.count)
            error = max(error, fit.neweyWest(design, counts: series.numerators, lag: lag)[1, 1].squareRoot())
        }
        guard error > 0, error.isFinite else { return .failure(.noVariation) }
        return .success(
            AnnualChange(
                logChange: fit.coefficients[1], standardError: error, degrees: Double(fit.degrees),
                dispersion: dispersion, serialCorrelation: correlation, allowsForCorrelation: allows,
                months: series.months.count,
                course: Self.course(fit, inverse, centre, error: error, isOdds: sizes != nil)))
    }

    /// Level and slope with their covariance, stretched to the error that the slope was given.
    private static func course(
        _ fit: CountRegression, _ inverse: SymmetricMatrix, _ centre: Double, error: Double, isOdds: Bool
    ) -> TrendCourse {
        let stretch = error * error / inverse[1, 1]
        var covariance = SymmetricMatrix(order: 2)
        for (row, column) in [(0, 0), (1, 0), (1, 1)] { covariance[row, column] = stretch * inverse[row, column] }
        return TrendCourse(
            level: fit.coefficients[0], slope: fit.coefficients[1], centre: centre, isOdds: isOdds,
            covariance: covariance, degrees: Double(fit.degrees))
    }

    /// Correlation of the residuals of months that follow one another; a gap is no neighbour.
    private static func lagOne(_ residuals: [Double], _ months: [Double]) -> Double {
        let mean = residuals.reduce(0, +) / Double(residuals.count)
        let spread = residuals.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        guard spread > 0 else { return 0 }
        var products = 0.0
        for row in 1..<residuals.count where months[row] - months[row - 1] == 1 {
            products += (residuals[row] - mean) * (residuals[row - 1] - mean)
        }
        return products / spread
    }
}

extension CountRegression {
    /// (y − μ)/√V(μ).
    func pearsonResiduals(counts: [Double], sizes: [Double]?, family: CountFamily) -> [Double] {
        fitted.indices.map { row in
            let mean = fitted[row]
            let variance = family.variance(ofMean: mean, size: sizes?[row] ?? 1)
            return (counts[row] - mean) / variance.squareRoot()
        }
    }
}
