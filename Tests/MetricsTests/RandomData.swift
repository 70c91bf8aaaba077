@testable import Metrics

extension SeededGenerator {
    /// Spells of whole days from 1, with ties, people lost from sight and, if asked for, delayed entry.
    mutating func spells(_ count: Int, reasons: Int = 1, days: Int = 60, delayed: Bool = false) -> [Spell] {
        (0..<count).map { _ in
            let exit = Int.random(in: 1...days, using: &self)
            let entry = delayed ? Int.random(in: 0..<exit, using: &self) : 0
            let reason = Int.random(in: 0...reasons, using: &self)
            return Spell(entry: Double(entry), exit: Double(exit), reason: reason < reasons ? reason : nil)
        }
    }

    /// A standard normal number (Box & Muller 1958).
    mutating func normal() -> Double {
        let radius = (-2 * Double.log(1 - Double.random(in: 0..<1, using: &self))).squareRoot()
        return radius * .cos(2 * .pi * Double.random(in: 0..<1, using: &self))
    }

    /// Tests that are positive or not at visits of members of clusters, half of these in an arm; columns are the
    /// intercept, the arm and the visit. About one visit in eight is missing.
    mutating func visits(
        clusters: Int, members: Int, visits: Int, deviations: (cluster: Double, member: Double)
    ) -> ClusteredCounts {
        var data = ClusteredCounts(columns: [[], [], []], counts: [], clusters: [], members: [])
        for cluster in 0..<clusters {
            let ofCluster = deviations.cluster * normal()
            for member in 0..<members {
                let shift = ofCluster + deviations.member * normal()
                for visit in 0..<visits where Int.random(in: 0..<8, using: &self) > 0 {
                    let arm = Double(cluster % 2)
                    let predictor = -0.3 - 0.5 * arm - 0.1 * Double(visit) + shift
                    let isPositive = Double.random(in: 0..<1, using: &self) < 1 / (1 + .exp(-predictor))
                    for (column, value) in [1, arm, Double(visit)].enumerated() { data.columns[column].append(value) }
                    data.counts.append(isPositive ? 1 : 0)
                    data.clusters.append(cluster)
                    data.members?.append(cluster * members + member)
                }
            }
        }
        return data
    }

    /// Counts over denominators of so many months in a row, from month 0, about a rate that drifts.
    mutating func series(_ months: Int, mean: Double = 12) -> MonthlySeries {
        let drift = Double.random(in: -0.02...0.02, using: &self)
        let denominators = (0..<months).map { _ in Double.random(in: 50...150, using: &self) }
        let numerators = denominators.enumerated().map { month, size in
            let expected = mean * size / 100 * Double.exp(drift * Double(month))
            return poisson(mean: expected, expOfMinusMean: .exp(-expected))
        }
        return MonthlySeries(
            months: (0..<months).map(Double.init), numerators: numerators, denominators: denominators)
    }
}

extension Double {
    /// Whether two numbers are one but for the order of the arithmetic.
    func isNear(_ other: Double, within tolerance: Double = 1e-10) -> Bool {
        self == other || abs(self - other) <= tolerance * max(1, abs(other))
    }
}

extension Estimate {
    /// Finite, with the point within its limits; or a reason.
    var isHonest: Bool {
        guard let value else { return true }
        let numbers = [value.point, value.numerator, value.denominator]
        guard numbers.allSatisfy(\.isFinite) else { return false }
        guard let limits = value.interval else { return true }
        let slack = 1e-12 * Swift.max(1, abs(value.point))
        return limits.lower.isFinite && limits.upper.isFinite && limits.lower < limits.upper
            && limits.lower <= value.point + slack && value.point <= limits.upper + slack
    }
}
