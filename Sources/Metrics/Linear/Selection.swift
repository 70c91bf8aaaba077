/// The k-th smallest of numbers, without sorting them all (Hoare 1961).
struct Selection {
    private var values: [Double]

    init(_ values: [Double]) { self.values = values }

    /// The value of a rank from 1; values are left partly ordered, which the next question profits from.
    mutating func value(rank: Int) -> Double {
        let target = rank - 1
        return values.withUnsafeMutableBufferPointer { values in
            var (low, high) = (0, values.count - 1)
            while low < high {
                let pivot = Self.median(values[low], values[(low + high) / 2], values[high])
                var (left, right) = (low, high)
                while left <= right {
                    while values[left] < pivot { left += 1 }
                    while values[right] > pivot { right -= 1 }
                    if left <= right {
                        values.swapAt(left, right)
                        left += 1
                        right -= 1
                    }
                }
                if target <= right { high = right } else if target >= left { low = left } else { break }
            }
            return values[target]
        }
    }

    private static func median(_ a: Double, _ b: Double, _ c: Double) -> Double { max(min(a, b), min(max(a, b), c)) }
}
