import Ingest
import Postgres

/// Which months may still change, by how the clinics' own reports came in and changed before.
///
/// A clinic's month is provisional while more than one in ten of its earlier reports came, or changed, later after the
/// end of their month than now is after the end of this one. Earlier reports are those on the 24 months that ended more
/// than half a year ago; with fewer than six of them, every clinic's count instead. After half a year no month is.
/// A region's or programme's month is provisional while more than one in ten of the reports expected on it have not
/// come, or are by that history still to change.
struct Settling: Sendable, Equatable {
    struct History: Sendable, Equatable {
        /// Earlier reports, and those of which something came later than now.
        let reports, later: Int
        /// The same of all clinics.
        let allReports, allLater: Int

        /// The reports that speak for this clinic; nil without enough of anybody's.
        var spoken: (reports: Int, later: Int, isOwn: Bool)? {
            if reports >= Settling.fewestReports { return (reports, later, true) }
            return allReports >= Settling.fewestReports ? (allReports, allLater, false) : nil
        }
    }

    /// Why a month is provisional.
    enum Reason: Sendable, Equatable {
        /// So many of so many earlier reports came or changed later; `isOwn`: the clinic's own reports.
        case history(later: Int, reports: Int, isOwn: Bool)
        /// So many reports have not come; together with those still to change this share of all, 0 to 1.
        case outstanding(missing: Int, expected: Int, share: Double)
    }

    static let fewestReports = 6
    /// More than one report in ten.
    static let largestShare = 0.1

    /// By site number and month, for the months of the last half year.
    let history: [Int: [Month: History]]

    func provisional(site: Int) -> [Month: Reason] {
        (history[site] ?? [:]).compactMapValues { months in
            months.spoken.flatMap { spoken in
                Double(spoken.later) > Self.largestShare * Double(spoken.reports)
                    ? .history(later: spoken.later, reports: spoken.reports, isOwn: spoken.isOwn) : nil
            }
        }
    }

    /// Of the sum over clinics, whose reports are given by site number and month.
    func provisional(reports: [Int: [Month: ReportState]]) -> [Month: Reason] {
        let young = Set(history.values.flatMap(\.keys))
        return Dictionary(
            uniqueKeysWithValues: young.compactMap { month in
                outstanding(month, reports).map { (month, $0) }
            })
    }

    private func outstanding(_ month: Month, _ reports: [Int: [Month: ReportState]]) -> Reason? {
        let expected = reports.compactMap { site, states in
            states[month].flatMap { $0.isExpected ? (site: site, hasCome: $0.versions > 0) : nil }
        }
        let missing = expected.count { !$0.hasCome }
        let toChange = expected.filter(\.hasCome).reduce(0.0) { sum, each in
            guard let spoken = history[each.site]?[month]?.spoken else { return sum }
            return sum + Double(spoken.later) / Double(spoken.reports)
        }
        let share = (Double(missing) + toChange) / Double(max(1, expected.count))
        return share > Self.largestShare
            ? .outstanding(missing: missing, expected: expected.count, share: share) : nil
    }
}

extension Counts {
    func settling(_ scope: Scope, _ connection: borrowing Connection) throws -> Settling {
        let own = try reportsSettled(scope, connection)
        // Everybody's are read only where they have to speak for a clinic without a history.
        let lacks = own.contains { $0.reports < Settling.fewestReports }
        let all = lacks && scope.place != .programme ? try reportsSettled(.programme, connection) : own
        let pooled = Dictionary(grouping: all, by: \.month).mapValues { rows in
            (reports: rows.reduce(0) { $0 + $1.reports }, later: rows.reduce(0) { $0 + $1.later })
        }
        var history: [Int: [Month: Settling.History]] = [:]
        for row in own {
            history[row.site, default: [:]][row.month] = Settling.History(
                reports: row.reports, later: row.later, allReports: pooled[row.month]?.reports ?? 0,
                allLater: pooled[row.month]?.later ?? 0)
        }
        return Settling(history: history)
    }

    private func reportsSettled(
        _ scope: Scope, _ connection: borrowing Connection
    ) throws -> [(site: Int, month: Month, reports: Int, later: Int)] {
        try connection.query(sql.text("counts/settling.sql"), scope.parameters).map { row in
            (
                try row.integer("site_id"), try row.month("month"), try row.integer("reports"),
                try row.integer("later")
            )
        }
    }
}
