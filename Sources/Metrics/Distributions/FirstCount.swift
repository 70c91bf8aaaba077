/// The search behind the quantiles of counts.
enum FirstCount {
    /// Above 2⁵³ doubles no longer hold every whole number.
    private static let largest = 9_007_199_254_740_992.0

    /// The smallest whole number from 0 that meets a condition which, once met, stays met; nil if none does.
    static func meeting(_ condition: (Double) -> Bool) -> Double? {
        if condition(0) { return 0 }
        var below = 0.0
        var above = 1.0
        while !condition(above) {
            guard above < largest else { return nil }
            (below, above) = (above, 2 * above)
        }
        while above - below > 1 {
            let middle = ((below + above) / 2).rounded(.down)
            if condition(middle) { above = middle } else { below = middle }
        }
        return above
    }
}
