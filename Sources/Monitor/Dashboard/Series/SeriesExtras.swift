/// What the panel of a series has beside its rows.
extension Panel {
    /// Something that was registered, as a flag on the charts of a place.
    struct Event: Sendable, Encodable, Equatable {
        let month: String
        let monthText: String
        let code: String
        /// As in the register: training, policy, move, stock_out, definition or other.
        let kind: String
        /// What stands on the flag.
        let label: String
        /// Its days, its reason, and whose it is.
        let text: String
        let rebases: Bool
    }

    /// Where the series has been going.
    struct Trend: Sendable, Encodable {
        let text: String
        /// The first and last month that it was taken from.
        let first, last: String
        /// rising, falling, unclear; unavailable where there is none.
        let direction: String
        let measure: String?
        let method: String?
        /// Per cent, or units of the figure, in a year, with its 95 % interval.
        let change, low, high: Double?
        let p: Double?
        /// Months at which the course of a programme's or region's series bends; nil where none was looked for.
        var bends: [Bend]?
    }

    struct Bend: Sendable, Encodable {
        let month: String
        /// Between these months with 95 % confidence; nil where there is more than one bend.
        let first, last: String?
    }

    /// The kind of chart that limits and signals are of.
    struct Control: Sendable, Encodable {
        /// shewhart, ewma or cusum.
        let method: String
        let text: String
        /// Months from which on another baseline counts.
        let rebases: [String]
    }
}
