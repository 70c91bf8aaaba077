/// The monthly numbers of one clinic, nil where a month was not reported.
public enum OutlierSeries: Equatable, Sendable {
    /// Values without a denominator, e.g. the mean dose; `floor` is the lowest that can occur.
    case values([Double?], floor: Double? = nil)
    /// Parts over wholes, both whole numbers, e.g. positive urine tests.
    case proportions(numerators: [Double?], denominators: [Double?])
    /// Whole events over time at risk, or over 1 for plain counts.
    case rates(events: [Double?], exposures: [Double?])

    var model: CountModel? {
        switch self {
        case .values: nil
        case .proportions: .binomial
        case .rates: .poisson
        }
    }

    var methods: [OutlierMethod] {
        let scores: [OutlierMethod] = [.standardScore, .modifiedScore, .minMax]
        switch self {
        case .values: return scores
        case .proportions: return scores + [.binomial, .betaBinomial]
        case .rates: return scores + [.poisson, .negativeBinomial]
        }
    }

    var count: Int {
        switch self {
        case .values(let values, _): values.count
        case .proportions(let counts, _), .rates(let counts, _): counts.count
        }
    }

    /// The lowest and the highest value that can occur.
    var bounds: (floor: Double, ceiling: Double) {
        switch self {
        case .values(_, let floor): (floor ?? -.infinity, .infinity)
        case .proportions, .rates: (0, model?.ceiling ?? .infinity)
        }
    }

    /// Each month as a count over its denominator; a value is over 1. Nil if a number is impossible.
    var months: [MonthlyCount?]? {
        switch self {
        case .values(let values, _):
            guard values.allSatisfy({ $0?.isFinite ?? true }) else { return nil }
            return values.map { $0.map { MonthlyCount(numerator: $0, denominator: 1) } }
        case .proportions(let numerators, let denominators):
            return MonthlyCount.series(numerators, over: denominators, .binomial)
        case .rates(let events, let exposures):
            return MonthlyCount.series(events, over: exposures, .poisson)
        }
    }

    /// Why a month has no value, for one that has none.
    func reason(at month: Int) -> Unavailable {
        switch self {
        case .values: return .notReported
        case .proportions(let counts, let wholes), .rates(let counts, let wholes):
            guard let count = counts[month], wholes[month] != nil else { return .notReported }
            return count > 0 ? .eventsWithoutExposure : .noDenominator
        }
    }
}
