import Testing

/// |got − expected| ≤ absolute + relative · |expected|.
struct Tolerance {
    let relative: Double
    let absolute: Double

    /// R prints 15 digits; a few units in the last place more for another order of arithmetic.
    static let printed = Tolerance(relative: 1e-13, absolute: 1e-13)
    /// R's quantiles of huge counts are themselves iterated.
    static let iterated = Tolerance(relative: 1e-10, absolute: 1e-12)
}

/// Counts the numbers compared with an authority and remembers the worst, so that a run says how well we agree.
struct Agreement {
    let authority: String
    let tolerance: Tolerance
    private(set) var compared = 0
    private(set) var worst = 0.0

    init(with authority: String, within tolerance: Tolerance = .printed) {
        self.authority = authority
        self.tolerance = tolerance
    }

    mutating func expect(_ got: Double?, _ expected: Double?, _ what: String = "") {
        compared += 1
        guard let got, let expected else {
            #expect(got == nil && expected == nil, "\(authority) \(what)")
            return
        }
        guard got != expected else { return }
        let distance = abs(got - expected)
        #expect(
            distance <= tolerance.absolute + tolerance.relative * abs(expected),
            "\(authority) \(what): got \(got), not \(expected)")
        // Where only the absolute tolerance applies a relative error says nothing.
        if distance > tolerance.absolute || abs(expected) > 1e-3 { worst = max(worst, distance / abs(expected)) }
    }

    mutating func expect(_ got: [Double?], _ expected: [Double?], _ what: String = "") {
        #expect(got.count == expected.count, "\(authority) \(what)")
        for (index, pair) in zip(got, expected).enumerated() { expect(pair.0, pair.1, "\(what)[\(index)]") }
    }

    /// Prints the record and fails if nothing was compared, which would mean a renamed case or column.
    func conclude() {
        #expect(compared > 0, "nothing to compare in \(authority)")
        print("\(authority): \(compared) numbers agree, largest relative error \(worst)")
    }
}
