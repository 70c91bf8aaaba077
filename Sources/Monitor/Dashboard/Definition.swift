/// An indicator's definition, as the database holds it in force.
struct Definition: Sendable, Equatable {
    enum Kind: String, Sendable {
        case count, proportion, rate, mean
    }
    enum Direction: String, Sendable {
        case better, worse, neutral
    }

    let indicator: String
    let version: Int
    let kind: Kind
    /// The figure is numerator / denominator times this.
    let per: Double
    let windowMonths: Int
    let higherIs: Direction
    /// The formulas, in columns of the monthly report.
    let numerator: String
    let denominator: String?
    let source: String
    let inForceFrom: String

    /// Decimals that a figure is shown with.
    var digits: Int { kind == .count ? 0 : 1 }
    /// A stock remembers last month: its change is charted, not its level.
    var isStock: Bool { indicator == "caseload" }
}
