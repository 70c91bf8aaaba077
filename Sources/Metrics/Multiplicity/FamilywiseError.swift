/// Adjusted p values that keep the chance of any false call at or below a level, whatever the tests depend on.
public enum FamilywiseError {
    /// m p, at most 1 (Bonferroni).
    public static func bonferroni(_ probabilities: [Double]) -> [Double] {
        probabilities.map { min(1, $0 * Double(probabilities.count)) }
    }

    /// max over j ≤ i of (m − j + 1) p₍ⱼ₎, at most 1 (Holm 1979).
    public static func holm(_ probabilities: [Double]) -> [Double] {
        let m = probabilities.count
        var (adjusted, largest) = (probabilities, 0.0)
        for (place, index) in probabilities.indices.sorted(by: { probabilities[$0] < probabilities[$1] }).enumerated() {
            largest = max(largest, min(1, Double(m - place) * probabilities[index]))
            adjusted[index] = largest
        }
        return adjusted
    }

    /// min over j ≥ i of (m − j + 1) p₍ⱼ₎, at most 1, for independent tests (Hochberg 1988).
    public static func hochberg(_ probabilities: [Double]) -> [Double] {
        let m = probabilities.count
        var (adjusted, smallest) = (probabilities, 1.0)
        let order = probabilities.indices.sorted { probabilities[$0] < probabilities[$1] }
        for (place, index) in order.enumerated().reversed() {
            smallest = min(smallest, Double(m - place) * probabilities[index])
            adjusted[index] = smallest
        }
        return adjusted
    }
}
