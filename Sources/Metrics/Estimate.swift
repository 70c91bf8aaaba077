/// One number with its uncertainty and its counts, or the reason why there is none. It never holds a NaN.
public enum Estimate: Equatable, Sendable {
    case value(Value)
    case unavailable(Unavailable)

    public struct Value: Equatable, Sendable {
        public let point: Double
        /// Nil where the method has no sampling interval (`census`, `mean`).
        public let interval: Interval?
        public let method: Method
        /// What was counted, before any scaling.
        public let numerator: Double
        /// What it was divided by; 1 for a plain count.
        public let denominator: Double
    }

    /// The value, or nil when unavailable.
    public var value: Value? {
        if case .value(let value) = self { value } else { nil }
    }

    /// The reason, or nil when there is a value.
    public var unavailable: Unavailable? {
        if case .unavailable(let reason) = self { reason } else { nil }
    }

    /// The only way in: a value whose arithmetic overflowed becomes `notComputable`.
    static func checked(_ value: Value) -> Estimate {
        let numbers = [value.point, value.interval?.lower ?? 0, value.interval?.upper ?? 0]
        return numbers.allSatisfy(\.isFinite) ? .value(value) : .unavailable(.notComputable)
    }
}
