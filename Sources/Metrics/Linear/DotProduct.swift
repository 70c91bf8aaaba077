/// Σ xᵢ yᵢ, four sums side by side: the compiler may not reorder a sum of doubles by itself.
enum DotProduct {
    /// Of two vectors of one length.
    @inline(__always)
    static func of(_ x: UnsafeBufferPointer<Double>, _ y: UnsafeBufferPointer<Double>) -> Double {
        var sums = SIMD4<Double>.zero
        let whole = x.count & ~3
        let (ofX, ofY) = (UnsafeRawBufferPointer(x), UnsafeRawBufferPointer(y))
        for start in stride(from: 0, to: whole * MemoryLayout<Double>.stride, by: MemoryLayout<SIMD4<Double>>.stride) {
            sums +=
                ofX.loadUnaligned(fromByteOffset: start, as: SIMD4<Double>.self)
                * ofY.loadUnaligned(fromByteOffset: start, as: SIMD4<Double>.self)
        }
        var sum = sums.sum()
        for index in whole..<x.count { sum += x[index] * y[index] }
        return sum
    }
}
