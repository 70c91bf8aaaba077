import Metrics

/// A figure of one month, or what stands in its place. These never collapse into one another.
struct Cell: Sendable, Equatable {
    enum State: String, Sendable, CaseIterable {
        case value
        /// A report came, and left this blank.
        case notReported = "not_reported"
        /// The deadline has passed and no report came.
        case late
        /// The deadline is still ahead.
        case awaited
        /// A report came and was refused.
        case rejected
        /// Hidden by the small-number rule.
        case suppressed
        /// No report is expected: the clinic was not open.
        case notApplicable = "not_applicable"
        /// Reported, and still no figure: `reason` says why.
        case unavailable
    }

    let state: State
    /// In the unit that is shown; present exactly when the state is `value`.
    let estimate: Estimate.Value?
    let reason: Unavailable?

    init(_ state: State) {
        self.state = state
        estimate = nil
        reason = nil
    }

    init(_ estimate: Estimate) {
        switch estimate {
        case .value(let value): (state, self.estimate, reason) = (.value, value, nil)
        case .unavailable(let reason): (state, self.estimate, self.reason) = (.unavailable, nil, reason)
        }
    }

    /// The figure of a count under a definition; `report` is what became of the site's report.
    static func of(_ count: Count?, _ definition: Definition, report: ReportState?) -> Cell {
        guard let count, count.isHidden || count.numerator != nil || report == nil else {
            return Cell(absent(report))
        }
        if count.isHidden { return Cell(.suppressed) }
        guard let numerator = count.numerator, let denominator = count.denominator else { return Cell(.notReported) }
        return switch definition.kind {
        case .count: Cell(Metrics.Count.census(numerator))
        case .mean: Cell(Mean.census(total: numerator, units: denominator))
        case .rate: Cell(Rate.estimate(events: numerator, exposure: denominator, per: definition.per))
        case .proportion: Cell(Proportion.wilson(successes: numerator, trials: denominator))
        }
    }

    /// What stands in place of a count that is not there.
    static func absent(_ report: ReportState?) -> State {
        switch report?.state {
        case "late": .late
        case "awaited": .awaited
        case "rejected": .rejected
        case "not_applicable": .notApplicable
        default: .notReported
        }
    }
}
