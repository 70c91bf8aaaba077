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
