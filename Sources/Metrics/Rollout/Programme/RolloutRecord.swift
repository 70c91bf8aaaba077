/// A roll-out as it is analysed: every clinic's months of one indicator, and when it began.
public struct RolloutRecord: Sendable {
    public struct Site: Sendable {
        /// The month in which it begins, counted as the record's months are; nil: not planned.
        public let start: Int?
        /// Months from then on in which the new way is still being learnt.
        public let phaseInMonths: Int
        /// One a month of the record; nil for what was not reported, or is hidden.
        public let numerators, denominators: [Double?]

        public init(start: Int?, phaseInMonths: Int, numerators: [Double?], denominators: [Double?]) {
            (self.start, self.phaseInMonths) = (start, max(0, phaseInMonths))
            (self.numerators, self.denominators) = (numerators, denominators)
        }
    }

    /// How a figure is made of its two counts.
    public enum Measure: Equatable, Sendable {
        /// Events over person-time: ln((O + ½)/E).
        case rate
        /// People among people: ln((O + ½)/(N + 1)), so that no share is above 1.
        case proportion
        /// A total over those it is of, such as milligrams over days: ln(total/number).
        case mean

        func logarithm(_ numerator: Double, _ denominator: Double) -> Double? {
            guard denominator > 0, numerator >= 0 else { return nil }
            return switch self {
            case .rate: Double.log((numerator + 0.5) / denominator).finite
            case .proportion: Double.log((numerator + 0.5) / (denominator + 1)).finite
            case .mean: Double.log(numerator / denominator).finite
            }
        }
    }

    /// Consecutive months since an origin that is a January.
    public let months: Range<Int>
    public let sites: [Site]
    public let measure: Measure

    /// Nil where a site's lists are not as long as there are months.
    public init?(months: Range<Int>, sites: [Site], measure: Measure) {
        guard sites.allSatisfy({ $0.numerators.count == months.count && $0.denominators.count == months.count })
        else { return nil }
        self.init(months, sites, measure)
    }

    init(_ months: Range<Int>, _ sites: [Site], _ measure: Measure) {
        (self.months, self.sites, self.measure) = (months, sites, measure)
    }

    /// The first month in which any clinic began.
    public var firstStart: Int? { sites.compactMap(\.start).min() }

    /// Numerators and denominators of some sites added over a range of months; of months with both alone.
    public func sums(_ places: [Int], _ range: Range<Int>) -> (numerator: Double, denominator: Double) {
        var sums = (numerator: 0.0, denominator: 0.0)
        for place in places {
            for month in range.clamped(to: months) {
                let at = month - months.lowerBound
                guard let numerator = sites[place].numerators[at], let denominator = sites[place].denominators[at]
                else { continue }
                sums.numerator += numerator
                sums.denominator += denominator
            }
        }
        return sums
    }
}
