/// How the interrupted series of every site of a roll-out is read.
public struct SegmentedRegression: Sendable {
    /// How errors are taken.
    public enum Method: String, CaseIterable, Sendable {
        /// Counts with an error at least that of chance, and Newey and West's where that is larger.
        case quasiPoisson = "quasi_poisson"
        /// Counts with an error at least that of chance, months taken as independent.
        case quasiPoissonIndependent = "quasi_poisson_independent"
        /// ln((events + ½)/exposure) with errors that resemble the month before's, by restricted likelihood.
        case autoregression
        /// ln((events + ½)/exposure) with independent errors.
        case leastSquares = "least_squares"
    }

    /// Nil chooses: an autoregression from 12 months with 5 events a month on, counts for fewer (Turner et al. 2021).
    public var method: Method?
    public var phaseIn: PhaseIn
    /// Yearly waves: 1 is once a year, 2 with a half-yearly one …; from 0 to 5.
    public var waves: Int
    /// Months asked for on either side.
    public var fewestEachSide: Int
    /// Neighbours that Newey and West's errors allow for; nil is ⌊0.75 n^(1/3)⌋.
    public var lag: Int?

    public init(
        method: Method? = nil, phaseIn: PhaseIn = .none, waves: Int = 1, fewestEachSide: Int = 8
    ) {
        (self.method, self.phaseIn, self.waves, self.fewestEachSide) = (method, phaseIn, waves, fewestEachSide)
    }

    /// Expected events below this share of the mean month are none at all.
    private static let smallestShare = 1e-7
    static let (fewestForAutoregression, eventsForAutoregression) = (12, 5.0)

    /// Events over exposure by month at a site that started in a month; nil has not started.
    public func fit(_ series: MonthlySeries, start: Double?) throws(SeriesFailure) -> SegmentedFit {
        let (design, counts, exposures) = try prepared(series, start: start)
        let mean = counts.reduce(0, +) / Double(counts.count)
        let suits = counts.count >= Self.fewestForAutoregression && mean >= Self.eventsForAutoregression
        switch method ?? (suits ? .autoregression : .quasiPoisson) {
        case .quasiPoisson: return try counted(design, counts, exposures, allowsForNeighbours: true)
        case .quasiPoissonIndependent: return try counted(design, counts, exposures, allowsForNeighbours: false)
        case .autoregression:
            let times = design.rows.map { Int(series.months[$0]) }
            return try autoregressive(design, Self.logRates(counts, exposures), times)
        case .leastSquares: return try linear(design, Self.logRates(counts, exposures))
        }
    }

    private static func logRates(_ counts: [Double], _ exposures: [Double]) -> [Double] {
        zip(counts, exposures).map { .log(($0 + 0.5) / $1) }
    }

    /// Refuses what cannot be estimated before anything is.
    private func prepared(
        _ series: MonthlySeries, start: Double?
    ) throws(SeriesFailure) -> (design: SegmentedDesign, counts: [Double], exposures: [Double]) {
        guard let start else { throw .notStarted }
        let months = series.months
        let ascend = zip(months, months.dropFirst()).allSatisfy { $0 < $1 }
        guard ascend, (months + [start]).allSatisfy({ abs($0) < 1e9 && $0 == $0.rounded() }), (0...5).contains(waves),
            series.numerators.allSatisfy({ $0 >= 0 && $0.isFinite }), series.denominators.allSatisfy(\.isFinite)
        else { throw .impossibleSeries }
        let design = SegmentedDesign(months, start: start, phaseIn: phaseIn, waves: waves)
        guard design.before >= max(2, fewestEachSide) else { throw .tooFewBefore }
        guard design.after >= max(2, fewestEachSide) else { throw .tooFewAfter }
        let counts = design.rows.map { series.numerators[$0] }
        guard counts.contains(where: { $0 > 0 }) else { throw .noEvents }
        return (design, counts, design.rows.map { series.denominators[$0] })
    }

    private func counted(
        _ segmented: SegmentedDesign, _ counts: [Double], _ exposures: [Double], allowsForNeighbours: Bool
    ) throws(SeriesFailure) -> SegmentedFit {
        let design = segmented.design
        var start = Array(repeating: 0.0, count: design.columns)
        start[0] = .log(counts.reduce(0, +) / exposures.reduce(0, +))
        let fit: CountRegression
        do {
            fit = try CountRegression(
                design, counts: counts, logOffset: exposures.map { .log($0) }, family: .poisson, start: start)
        } catch { throw SeriesFailure(error) }
        // Months that hold no event by their own column: the search stopped where the likelihood is flat.
        let mean = counts.reduce(0, +) / Double(counts.count)
        guard fit.fitted.allSatisfy({ $0 > Self.smallestShare * mean }) else { throw .separated }
        guard let dispersion = fit.dispersion else { throw .dependentColumns }
        var plain = fit.information.inverse()
        plain.scale(by: max(1, dispersion))
        var covariances = [plain]
        if allowsForNeighbours {
            let lag = lag ?? NeweyWest.usualLag(counts.count)
            covariances.append(fit.neweyWest(design, counts: counts, lag: lag))
        }
        let residuals = fit.pearsonResiduals(counts: counts, sizes: nil, family: .poisson)
        return try Self.fit(
            segmented, fit.coefficients, covariances,
            about: .init(
                method: allowsForNeighbours ? .quasiPoisson : .quasiPoissonIndependent, dispersion: dispersion,
                serialCorrelation: SerialCorrelation.lagOne(residuals), record: .formula(isAtBoundary: false))
        ) { [degrees = Double(fit.degrees)] _ in degrees }
    }

    private func linear(_ segmented: SegmentedDesign, _ response: [Double]) throws(SeriesFailure) -> SegmentedFit {
        guard let fit = try? LeastSquares(segmented.design, response), let covariance = fit.covariance() else {
            throw .dependentColumns
        }
        return try Self.fit(
            segmented, fit.coefficients, [covariance],
            about: .init(
                method: .leastSquares, dispersion: nil, serialCorrelation: SerialCorrelation.lagOne(fit.residuals),
                record: .formula(isAtBoundary: false))
        ) { [degrees = Double(fit.degrees)] _ in degrees }
    }

    private func autoregressive(
        _ segmented: SegmentedDesign, _ response: [Double], _ times: [Int]
    ) throws(SeriesFailure) -> SegmentedFit {
        let fit: AutoregressiveRegression
        do {
            fit = try AutoregressiveRegression(
                segmented.design, response, times: times, by: .restrictedLikelihood)
        } catch { throw SeriesFailure(error) }
        let columns = segmented.design.columns
        return try Self.fit(
            segmented, fit.coefficients, [fit.covariance],
            about: .init(
                method: .autoregression, dispersion: nil, serialCorrelation: fit.rho, record: fit.record)
        ) { changes in
            var combination = Array(repeating: 0.0, count: columns)
            (combination[SegmentedDesign.level], combination[SegmentedDesign.slope]) = (changes[0], changes[1])
            return fit.degrees(of: combination)
        }
    }
}
