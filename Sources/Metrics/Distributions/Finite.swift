extension Double {
    /// The number itself, or nil where it is NaN or infinite, which is how the C functions say "no answer".
    var finite: Double? { isFinite ? self : nil }

    /// Whether this can be a count or what one is counted on: beyond 2⁵³ doubles no longer hold every whole number, and
    /// the searches behind exact limits no longer end.
    var isCountable: Bool { self >= 0 && self <= 9_007_199_254_740_992 }

    /// Whether this is a probability, 0 and 1 included.
    var isProbability: Bool { self >= 0 && self <= 1 }
}
