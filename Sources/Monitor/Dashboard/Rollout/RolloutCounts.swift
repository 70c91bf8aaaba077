import Ingest
import Postgres

/// Reads what there is of roll-outs, one statement of `sql/counts` at a time; clinics are the reader's alone.
extension Counts {
    /// - Parameter code: of one roll-out; nil: all that the reader has a clinic of.
    func rollouts(_ code: String?, _ connection: borrowing Connection) throws -> [Rollout] {
        try connection.query(sql.text("counts/rollouts.sql"), [code]).map { row in
            Rollout(
                code: try row.string("rollout"),
                name: BilingualName(name: try row.string("name"), chinese: try row.text("name_zh")),
                indicator: try row.text("indicator"), namedOn: try row.text("named_on").flatMap { Day($0) },
                clinics: try row.integer("clinics"), planned: try row.integer("planned"),
                firstStart: try row.text("first_start").flatMap { Day($0) },
                lastStart: try row.text("last_start").flatMap { Day($0) })
        }
    }

    func rolloutClinics(_ rollout: Rollout, _ connection: borrowing Connection) throws -> [RolloutClinic] {
        try connection.query(sql.text("counts/rollout_clinics.sql"), [rollout.code]).map { row in
            RolloutClinic(
                id: try row.integer("site_id"), code: try row.string("code"),
                name: BilingualName(name: try row.string("name"), chinese: try row.text("name_zh")),
                starts: try row.text("starts").flatMap { Month($0) },
                phaseInMonths: try row.integer("phase_in_months"))
        }
    }

    /// An indicator's counts by clinic and month, small numbers still in them.
    func rolloutSeries(
        _ rollout: Rollout, indicator: String, _ connection: borrowing Connection
    ) throws -> [Int: [Month: Count]] {
        let rows = try connection.query(sql.text("counts/rollout_series.sql"), [rollout.code, indicator]).map { row in
            (try row.integer("site_id"), try row.countsByMonth())
        }
        return Dictionary(uniqueKeysWithValues: rows)
    }
}
