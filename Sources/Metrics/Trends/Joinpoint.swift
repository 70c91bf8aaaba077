/// The months at which the course of a programme's rate changes, by search of every month (Lerman 1980; Kim et al.
/// 2000). For programme and region totals: a single clinic has too few events for it.
public struct Joinpoint: Equatable, Sendable {
    /// One number of joins and the best place for them.
    public struct Model: Equatable, Sendable {
        /// Months at which the slope changes.
        public let joins: [Double]
        public let deviance: Double
        /// Change of ln rate in a month within each segment.
        public let slopes: [Double]
        /// ln(deviance/n) + (2K + 2) ln n/n (Kim et al. 2009); the smallest is chosen.
        public let criterion: Double

        /// Of a single join, the months between which it lies with 95 % confidence: those at which the deviance is above
        /// the least by no more than F(1, n − p) times the dispersion (Lerman 1980); nil of none or several.
        public let joinInterval: ClosedRange<Double>?

        /// Per cent a year within each segment. Its interval is not given: one that took the joins as known would be
        /// too narrow.
        public var annualPercents: [Double] { slopes.map { 100 * .expm1(12 * $0) } }
    }

    /// The best model of no, one and two joins.
    public let models: [Model]

    public var chosen: Model? { models.min { $0.criterion < $1.criterion } }

    /// A deviance a month below which the line goes through every month; more joins could only chase rounding.
    static let perfectFit = 1e-9

    /// Fewest months between joins, and from the ends.
    static let shortestSegment = 6
    public static let fewestMonths = 24

    /// Poisson regression of events on a broken line, ln exposure added; `tooFewPoints` below 24 months.
    public static func search(_ series: MonthlySeries, mostJoins: Int = 2) -> Result<Joinpoint, Unavailable> {
        guard series.months.count >= fewestMonths else { return .failure(.tooFewPoints) }
        guard series.numerators.contains(where: { $0 > 0 }) else { return .failure(.noVariation) }
        let inner = series.months.dropFirst(shortestSegment).dropLast(shortestSegment)
        var models: [Model] = []
        for count in 0...mostJoins {
            let fits = choices(count, of: Array(inner)).compactMap { joins in
                (try? fit(series, joins)).map { (joins: joins, fit: $0, deviance: $0.deviance) }
            }
            guard let best = fits.min(by: { $0.deviance < $1.deviance }) else { continue }
            let interval = count == 1 ? joinInterval(fits.map { ($0.joins[0], $0.deviance) }, best.fit) : nil
            models.append(model(best.joins, best.fit, interval))
        }
        return models.isEmpty ? .failure(.notComputable) : .success(Joinpoint(models: models))
    }

    static func fit(_ series: MonthlySeries, _ joins: [Double]) throws -> CountRegression {
        let middle = series.months[series.months.count / 2]
        let line = [series.months.map { _ in 1 }, series.months.map { ($0 - middle) / 12 }]
        let design = Design(columns: line + joins.map { join in series.months.map { max(0, $0 - join) / 12 } })
        return try CountRegression(
            design, counts: series.numerators, logOffset: series.denominators.map { .log($0) }, family: .poisson)
    }

    private static func joinInterval(
        _ deviances: [(month: Double, deviance: Double)], _ best: CountRegression
    ) -> ClosedRange<Double>? {
        // The month of the join is estimated too.
        let degrees = Double(best.degrees - 1)
        guard degrees > 0, let t = StudentT.quantile(0.975, degrees: degrees) else { return nil }
        let most = best.deviance * (1 + t * t / degrees)  // F(1, ν) is t² with ν degrees
        let within = deviances.filter { $0.deviance <= most }.map(\.month)
        guard let first = within.min(), let last = within.max() else { return nil }
        return first...last
    }

    private static func model(
        _ joins: [Double], _ fit: CountRegression, _ interval: ClosedRange<Double>?
    ) -> Model {
        var slope = 0.0
        let slopes = fit.coefficients.dropFirst().map { change in
            slope += change / 12
            return slope
        }
        let n = Double(fit.fitted.count)
        let penalty = Double(2 * joins.count + 2) * .log(n) / n
        return Model(
            joins: joins, deviance: fit.deviance, slopes: slopes,
            criterion: .log(max(perfectFit, fit.deviance / n)) + penalty, joinInterval: interval)
    }

    /// All ways to place so many joins among the months, far enough from one another.
    private static func choices(_ count: Int, of months: [Double]) -> [[Double]] {
        guard count > 0 else { return [[]] }
        return choices(count - 1, of: months).flatMap { chosen in
            months.filter { month in chosen.last.map { month - $0 >= Double(shortestSegment) } ?? true }
                .map { chosen + [$0] }
        }
    }
}
