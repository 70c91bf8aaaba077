extension RolloutRecord {
    /// Months of a period: quarters, as a clinic's month holds few events; single months where there are fewer than two
    /// years, or where all clinics that begin do so within one quarter.
    public var monthsAPeriod: Int {
        let begun = sites.compactMap(\.start).filter { $0 > months.lowerBound && months.contains($0) }
        let hasOneQuarter = Set(begun).count > 1 && Set(begun.map { $0.quotient(by: 3) }).count == 1
        return months.count < 24 || hasOneQuarter ? 1 : 3
    }

    /// The logarithm of each clinic's figure by period. Months of learning are in none, nor are those before the start in
    /// the period of the start: it would be half one and half the other.
    ///
    /// - Parameter weights: what each clinic counts for; nil for 1 each.
    public func panel(weights: [Double]? = nil) throws(PanelFailure) -> SitePanel {
        let length = monthsAPeriod
        guard let last = months.last else { throw .impossiblePanel }
        let periods = Array(months.lowerBound.quotient(by: length)...last.quotient(by: length))
        let values = sites.map { site in
            periods.map { period in
                let own = (period * length..<(period + 1) * length).filter { month in
                    guard let start = site.start, month.quotient(by: length) >= start.quotient(by: length) else {
                        return true
                    }
                    return month >= start + site.phaseInMonths
                }
                return value(site, own)
            }
        }
        return try SitePanel(
            periods: periods, values: values, begun: sites.map { $0.start.map { $0.quotient(by: length) } },
            weights: weights)
    }

    private func value(_ site: Site, _ own: [Int]) -> Double? {
        let known = own.filter(months.contains).compactMap { month -> (Double, Double)? in
            let at = month - months.lowerBound
            guard let numerator = site.numerators[at], let denominator = site.denominators[at] else { return nil }
            return (numerator, denominator)
        }
        guard !known.isEmpty else { return nil }
        return measure.logarithm(known.reduce(0) { $0 + $1.0 }, known.reduce(0) { $0 + $1.1 })
    }
}

extension RolloutRecord {
    /// The clinics that had a figure before the first start, and what it was of, such as person-months.
    var sizedBeforeFirstStart: (record: RolloutRecord, caseloads: [Double]) {
        let until = max(firstStart ?? months.upperBound, months.lowerBound)
        let sizes = sites.indices.map { sums([$0], months.lowerBound..<until).denominator }
        let sized = sites.indices.filter { sizes[$0] > 0 }
        return (
            RolloutRecord(months, sized.map { sites[$0] }, measure), sized.map { sizes[$0] }
        )
    }
}

extension Int {
    /// Divided and rounded down, also below 0.
    func quotient(by divisor: Int) -> Int { self >= 0 ? self / divisor : -((divisor - 1 - self) / divisor) }
}
