/// A reproducible stream of random numbers: xoshiro256** 1.0 seeded by SplitMix64 (Blackman and Vigna 2018, prng.di.unimi.it).
///
/// Only the four operations and `exponential` below are used, never the C library's functions, whose last bit differs
/// between machines: so the same seed gives the same bytes everywhere.
struct SampleRandom {
    private var state: (UInt64, UInt64, UInt64, UInt64)

    init(state: (UInt64, UInt64, UInt64, UInt64)) { self.state = state }

    /// Streams of one seed are independent: a change in the faults does not move the clients.
    init(seed: UInt64, stream: Int) {
        var mixed = SplitMix64(state: seed)
        let base = mixed.next()
        var split = SplitMix64(state: base ^ UInt64(bitPattern: Int64(stream)))
        self.init(state: (split.next(), split.next(), split.next(), split.next()))
    }

    mutating func next() -> UInt64 {
        let product = state.1 &* 5
        let result = ((product << 7) | (product >> 57)) &* 9
        let shifted = state.1 << 17
        state.2 ^= state.0
        state.3 ^= state.1
        state.1 ^= state.2
        state.0 ^= state.3
        state.2 ^= shifted
        state.3 = (state.3 << 45) | (state.3 >> 19)
        return result
    }

    /// Uniform on [0, 1), 53 bits.
    mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

    mutating func happens(_ probability: Double) -> Bool { uniform() < probability }

    /// Uniform on the whole numbers of the range.
    mutating func whole(in range: ClosedRange<Int>) -> Int {
        range.lowerBound + Int(uniform() * Double(range.count))
    }

    /// Standard normal, as the sum of 12 uniforms less 6 (variance 12 × 1/12 = 1; no value beyond ±6).
    mutating func normal() -> Double {
        var sum = -6.0
        for _ in 0..<12 { sum += uniform() }
        return sum
    }

    /// Log-normal with median 1.
    mutating func factor(logSD: Double) -> Double { exponential(logSD * normal()) }

    /// Poisson by the product of uniforms (Knuth, The Art of Computer Programming 2, 3.4.1 Q).
    mutating func poisson(mean: Double) -> Int {
        let limit = exponential(-mean)
        var product = uniform()
        var count = 0
        while product > limit {
            product *= uniform()
            count += 1
        }
        return count
    }

    /// Fisher–Yates.
    mutating func shuffled<Element>(_ elements: [Element]) -> [Element] {
        var result = elements
        for index in stride(from: result.count - 1, to: 0, by: -1) { result.swapAt(index, whole(in: 0...index)) }
        return result
    }
}

private struct SplitMix64 {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// eˣ as (Taylor to the fourth order of x/2¹⁰)^(2¹⁰): relative error below 3 × 10⁻⁶ for |x| ≤ 50.
func exponential(_ power: Double) -> Double {
    let small = power / 1024
    var value = 1 + small * (1 + small / 2 * (1 + small / 3 * (1 + small / 4)))
    for _ in 0..<10 { value *= value }
    return value
}
