/// Σ xᵢ yᵢ, four sums side by side: the compiler may not reorder a sum of doubles by itself.
enum DotProduct {
    /// Of two vectors of one length.
    @inline(__always)
    static func of(_ x: UnsafeBufferPointer<Double>, _ y: UnsafeBufferPointer<Double>) -> Double {
        var sums = SIMD4<Double>.zero
        let whole = x.count & ~3
        for start in stride(from: 0, to: whole, by: 4) {
            let a = SIMD4(x[start], x[start + 1], x[start + 2], x[start + 3])
            let b = SIMD4(y[start], y[start + 1], y[start + 2], y[start + 3])
            sums += a * b
        }
        var sum = sums.sum()
        for index in whole..<x.count { sum += x[index] * y[index] }
        return sum
    }
}
