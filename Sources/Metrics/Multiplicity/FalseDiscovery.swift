/// Which of many p values stand out when so many were looked at.
public enum FalseDiscovery {
    /// Adjusted p values: calling those at or below q keeps the expected share of false calls at or below q.
    ///
    /// Benjamini & Hochberg 1995: min over j ≥ i of m p₍ⱼ₎/j, at most 1, in the order given; valid too where tests are
    /// positively dependent (Benjamini & Yekutieli 2001). A nil, and what is no probability, stays nil and is not
    /// among the m.
    public static func benjaminiHochberg(_ probabilities: [Double?]) -> [Double?] {
        benjaminiHochberg(probabilities, times: 1)
    }

    private static func benjaminiHochberg(_ probabilities: [Double?], times factor: Double) -> [Double?] {
        let made = probabilities.enumerated().compactMap { index, p in
            p.flatMap { $0.isProbability ? (index: index, p: $0) : nil }
        }
        var adjusted = [Double?](repeating: nil, count: probabilities.count)
        var smallest = 1.0
        for (place, test) in made.sorted(by: { $0.p < $1.p }).enumerated().reversed() {
            smallest = min(smallest, factor * test.p * (Double(made.count) / Double(place + 1)))
            adjusted[test.index] = smallest
        }
        return adjusted
    }

    /// The same where tests depend on one another in any way: times Σ 1/j, at most 1 (Benjamini & Yekutieli 2001).
    public static func benjaminiYekutieli(_ probabilities: [Double?]) -> [Double?] {
        let made = probabilities.count { $0?.isProbability == true }
        let sum = (1...max(1, made)).reduce(0) { $0 + 1 / Double($1) }
        return benjaminiHochberg(probabilities, times: sum)
    }

    /// How many tests the two-stage procedure rejects at q: Benjamini & Hochberg at q/(1 + q), whose rejections then tell
    /// how many hypotheses may be false (Benjamini, Krieger & Yekutieli 2006).
    public static func twoStageRejections(_ probabilities: [Double], q: Double) -> Int {
        let m = Double(probabilities.count)
        let first = Double(benjaminiHochberg(probabilities).count { ($0 ?? 1) <= q / (1 + q) })
        guard first > 0 else { return 0 }
        let level = first == m ? q : q / (1 + q) * m / (m - first)
        let sorted = probabilities.sorted().enumerated()
        return sorted.last { $0.element <= Double($0.offset + 1) * level / m }.map { $0.offset + 1 } ?? 0
    }

    /// The share of hypotheses that are true, from the p values above λ, at most 1 (Storey 2002).
    public static func trueShare(_ probabilities: [Double], above lambda: Double = 0.5) -> Double {
        min(1, Double(probabilities.count { $0 > lambda }) / ((1 - lambda) * Double(probabilities.count)))
    }
}
