/// The exact tests of one month's count against the other months.
struct CountTest {
    /// A year with the month itself: with fewer others the spread between months is too uncertain to test by.
    static let fewestForSpread = 11

    let model: CountModel
    let month: MonthlyCount
    let others: [MonthlyCount]
    private let pooled: MonthlyCount

    init(of month: MonthlyCount, against others: [MonthlyCount], _ model: CountModel) {
        self.model = model
        self.month = month
        self.others = others
        pooled = others.reduce(MonthlyCount(numerator: 0, denominator: 0), +)
    }

    /// The pooled ratio taken for the true one; `falseAlarm` by the spread of the others where they are enough.
    func plain(probability: Double) -> Result<OutlierFinding, Unavailable> {
        let tails = model.tails(around: pooled, denominator: month.denominator)
        return finding(tails, probability, expecting: (try? spread.get().tails) ?? tails)
    }

    /// With the variation between months, the error of the pooled ratio, and the error of that variation.
    ///
    /// `tooFewPoints` below `fewestForSpread`; `noVariation` where the others had no event or nothing else.
    func spread(probability: Double) -> Result<OutlierFinding, Unavailable> {
        spread.flatMap { spread in
            // A spread that was estimated as none is a bound, not an estimate with an error of its own.
            let wider = StudentTail(base: spread.tails, degrees: Double(others.count - 1))
            let tails = spread.scatter.between > 0 ? wider : spread.tails
            return finding(tails, probability, expecting: tails)
        }
    }

    private var spread: Result<(scatter: Overdispersion, tails: any CountTails), Unavailable> {
        guard others.count >= Self.fewestForSpread else { return .failure(.tooFewPoints) }
        guard let scatter = Overdispersion(of: others, pooled: pooled, model: model) else {
            return .failure(.noVariation)
        }
        guard let tails = model.tails(around: pooled, denominator: month.denominator, scatter: scatter) else {
            return .failure(.notComputable)
        }
        return .success((scatter, tails))
    }

    private var isWhole: Bool {
        let trials = model == .binomial ? month.denominator : 0
        return month.numerator == month.numerator.rounded() && trials == trials.rounded()
    }

    private func finding(
        _ tails: any CountTails, _ probability: Double, expecting chance: any CountTails
    ) -> Result<OutlierFinding, Unavailable> {
        guard probability > 0, probability < 1 else { return .failure(.invalidLevel) }
        guard isWhole else { return .failure(.impossibleCounts) }
        guard let below = tails.atMost(month.numerator), let above = tails.atLeast(month.numerator),
            let limits = tails.limits(tail: probability / 2), let falseAlarm = chance.outside(limits)
        else { return .failure(.notComputable) }
        let p = min(1, 2 * min(below, above))
        return OutlierFinding(
            statistic: .probability(p), side: p > probability ? nil : below < above ? .below : .above,
            expected: pooled.ratio,
            range: Interval(
                lower: limits.lower / month.denominator, upper: limits.upper / month.denominator,
                level: 1 - falseAlarm),
            falseAlarm: falseAlarm
        ).checked()
    }
}
