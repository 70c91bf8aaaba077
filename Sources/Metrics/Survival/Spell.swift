/// One uninterrupted time in treatment, in units of time since its own beginning (days, unless said otherwise).
public struct Spell: Equatable, Sendable {
    /// When observation began; it counts at risk after this time. Minus infinity: watched from the beginning.
    public let entry: Double
    /// When it ended or was last seen.
    public let exit: Double
    /// Why it ended, numbered from 0; nil where it had not ended when last seen.
    public let reason: Int?

    public init(entry: Double = -.infinity, exit: Double, reason: Int?) {
        (self.entry, self.exit, self.reason) = (entry, exit, reason)
    }
}
