extension Double {
    /// The number itself, or nil where it is NaN or infinite, which is how the C functions say "no answer".
    var finite: Double? { isFinite ? self : nil }

    /// Whether this is a probability, 0 and 1 included.
    var isProbability: Bool { self >= 0 && self <= 1 }
}
