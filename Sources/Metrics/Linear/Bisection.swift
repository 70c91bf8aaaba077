/// The root of a monotone function, to the last bit of a double.
enum Bisection {
    /// Nil where the function has the same sign at both ends, or no value.
    static func root(between start: Double, and end: Double, of function: (Double) -> Double?) -> Double? {
        guard let first = function(start), let last = function(end) else { return nil }
        if first == 0 { return start }
        if last == 0 { return end }
        guard (first < 0) != (last < 0) else { return nil }
        var (low, high) = (start, end)
        while true {
            let middle = low + (high - low) / 2
            guard middle > min(low, high), middle < max(low, high) else { return middle }
            guard let value = function(middle) else { return nil }
            if value == 0 { return middle }
            if (value < 0) == (first < 0) { low = middle } else { high = middle }
        }
    }
}
