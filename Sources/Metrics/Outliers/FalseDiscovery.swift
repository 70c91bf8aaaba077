/// Which of many p values stand out when so many were looked at.
public enum FalseDiscovery {
    /// Adjusted p values: calling those at or below q keeps the expected share of false calls at or below q.
    ///
    /// Benjamini & Hochberg 1995: min over j ≥ i of m p₍ⱼ₎/j, at most 1, in the order given; valid too where tests are
    /// positively dependent (Benjamini & Yekutieli 2001). A nil, and what is no probability, stays nil and is not
    /// among the m.
    public static func benjaminiHochberg(_ probabilities: [Double?]) -> [Double?] {
        let made = probabilities.enumerated().compactMap { index, p in
            p.flatMap { $0.isProbability ? (index: index, p: $0) : nil }
        }
        var adjusted = [Double?](repeating: nil, count: probabilities.count)
        var smallest = 1.0
        for (place, test) in made.sorted(by: { $0.p < $1.p }).enumerated().reversed() {
            smallest = min(smallest, test.p * (Double(made.count) / Double(place + 1)))
            adjusted[test.index] = smallest
        }
        return adjusted
    }
}
