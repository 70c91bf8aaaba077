import Ingest
import Postgres

/// The parts of a clinic's data quality over some months, as counts.
struct QualityParts: Sendable, Equatable {
    let site: Site
    let expected, received, inTime, questioned, reports, openFlags, corrected, openRows: Int

    /// Part and whole of each share, in the order in which they are shown.
    var shares: [(name: String, part: Int, whole: Int)] {
        [
            ("completeness", received, expected), ("timeliness", inTime, expected),
            ("consistency", reports - questioned, reports),
        ]
    }

    var hasShares: Bool { shares.contains { $0.whole > 0 } }

    /// The weakest share, from 0 to 1: a mean would let a clinic that reports in time make up for numbers that do not
    /// add up. 1 where nothing was expected.
    var weakest: Double {
        shares.filter { $0.whole > 0 }.map { Double($0.part) / Double($0.whole) }.min() ?? 1
    }
}

/// A field of a report beside what the client records add up to.
struct Reconciled: Sendable, Equatable {
    let month: Month
    let field: String
    let reported: Double?
    let counted: Double
    let receipt: Int
}

/// A field of a report that a correction changed.
struct ReportChange: Sendable, Equatable {
    let month: Month
    let field: String
    let fromVersion, toVersion, receipt: Int
    let was, became: Double?
    let arrivedAt: String
}

/// A question to a report, and what became of it.
struct FlagState: Sendable, Equatable {
    let site: Int
    let month: Month
    let code, state: String
    let field, owner, since, reason, english, chinese: String?
    let seen, expected: Double?
}

extension Counts {
    func quality(
        _ scope: Scope, from first: Month, through last: Month, _ connection: borrowing Connection
    ) throws -> [QualityParts] {
        let parameters = scope.parameters + [first.firstDay, last.firstDay]
        return try connection.query(sql.text("counts/quality.sql"), parameters).map { row in
            QualityParts(
                site: Site(
                    id: try row.integer("site_id"), code: try row.string("code"),
                    name: BilingualName(name: try row.string("name"), chinese: try row.text("name_zh")),
                    regionCode: try row.string("region_code"), regionName: BilingualName(name: "", chinese: nil)),
                expected: try row.integer("expected"), received: try row.integer("received"),
                inTime: try row.integer("in_time"), questioned: try row.integer("questioned"),
                reports: try row.integer("reports"), openFlags: try row.integer("open_flags"),
                corrected: try row.integer("corrected"), openRows: try row.integer("open_rows"))
        }
    }

    func flagStates(_ scope: Scope, _ connection: borrowing Connection) throws -> [FlagState] {
        try connection.query(sql.text("counts/flag_states.sql"), scope.parameters + [nil]).map { row in
            FlagState(
                site: try row.integer("site_id"), month: try row.month("month"), code: try row.string("code"),
                state: try row.string("state"), field: try row.text("field"), owner: try row.text("owner"),
                since: try row.text("since"), reason: try row.text("reason"), english: try row.text("text_en"),
                chinese: try row.text("text_zh"), seen: try row.double("seen"), expected: try row.double("expected"))
        }
    }

    func reconciliation(_ site: Int, _ connection: borrowing Connection) throws -> [Reconciled] {
        try connection.query(sql.text("counts/reconciliation.sql"), ["\(site)"]).map { row in
            Reconciled(
                month: try row.month("month"), field: try row.string("field"), reported: try row.double("reported"),
                counted: try row.double("counted") ?? 0, receipt: try row.integer("receipt_id"))
        }
    }

    func changes(_ site: Int, _ connection: borrowing Connection) throws -> [ReportChange] {
        try connection.query(sql.text("counts/report_changes.sql"), ["\(site)"]).map { row in
            ReportChange(
                month: try row.month("month"), field: try row.string("field"),
                fromVersion: try row.integer("from_version"), toVersion: try row.integer("to_version"),
                receipt: try row.integer("receipt_id"), was: try row.double("was"), became: try row.double("became"),
                arrivedAt: try row.string("arrived_at"))
        }
    }
}
