/// Every method that applies to a series, for its newest month or for each.
///
/// Scores compare ratios as they are and take no account of the size of a clinic; for counts the exact tests decide,
/// and of those, where months vary more than chance, the beta-binomial and the negative binomial. An outlier among the
/// other months widens all limits but those of the modified score: give nil for a month that is known to be wrong.
public struct OutlierScreening: Sendable {
    /// Months besides the one tested below which nothing is said: `tooFewPoints`.
    public static let fewestOthers = 5

    private let series: OutlierSeries
    private let methods: Set<OutlierMethod>
    private let limits: OutlierLimits
    /// Nil if a number of the series is impossible.
    private let months: [MonthlyCount?]?

    public init(
        _ series: OutlierSeries, methods: Set<OutlierMethod> = Set(OutlierMethod.allCases),
        limits: OutlierLimits = OutlierLimits()
    ) {
        self.series = series
        self.methods = methods
        self.limits = limits
        months = series.months
    }

    /// The last month of the series, also where it is not reported; no tests for an empty series.
    public func newest() -> OutlierReport {
        OutlierReport(tests: series.count > 0 ? tests(of: series.count - 1) : [])
    }

    /// Each month against all others, later ones too; min–max against the earlier ones.
    public func eachMonth() -> OutlierReport {
        OutlierReport(tests: (0..<series.count).flatMap(tests))
    }

    private func tests(of month: Int) -> [OutlierTest] {
        series.methods.filter(methods.contains).map { method in
            let result = result(of: month, by: method).map { finding in
                finding.clipped(floor: series.bounds.floor, ceiling: series.bounds.ceiling)
            }
            return OutlierTest(month: month, method: method, result: result)
        }
    }

    private func result(of index: Int, by method: OutlierMethod) -> Result<OutlierFinding, Unavailable> {
        guard let months else { return .failure(.impossibleCounts) }
        guard let month = months[index] else { return .failure(series.reason(at: index)) }
        let earlier = months[..<index].compactMap { $0 }
        let others = earlier + months[(index + 1)...].compactMap { $0 }
        guard others.count >= Self.fewestOthers else { return .failure(.tooFewPoints) }
        let ratios = others.map(\.ratio) + [month.ratio]
        switch method {
        case .standardScore: return StandardScore.test(month.ratio, in: ratios, limit: limits.standardScore)
        case .modifiedScore: return ModifiedScore.test(month.ratio, in: ratios, limit: limits.modifiedScore)
        case .minMax: return MinMax.test(month.ratio, after: earlier.map(\.ratio), limit: limits.minMax)
        case .binomial, .poisson: return countTest(month, others) { $0.plain(probability: limits.probability) }
        case .betaBinomial, .negativeBinomial:
            return countTest(month, others) { $0.spread(probability: limits.probability) }
        }
    }

    private func countTest(
        _ month: MonthlyCount, _ others: [MonthlyCount],
        _ test: (CountTest) -> Result<OutlierFinding, Unavailable>
    ) -> Result<OutlierFinding, Unavailable> {
        guard let model = series.model else { return .failure(.notComputable) }
        return test(CountTest(of: month, against: others, model))
    }
}
