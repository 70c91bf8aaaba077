import Postgres

/// What ran unattended and what is silent, as lines for the operator. Times are the programme's, and say so.
struct JobReport {
    let history: String
    let alerts: [String]
    let absent: [String]

    init(_ connection: borrowing Connection, runs: Int) throws {
        let zone = try connection.query("select time_zone from programme")[0, 0] ?? ""
        let lines = try connection.query(Self.historyStatement, ["\(max(0, runs))"]).map { row in
            let files = try row.integer("files")
            let refused = try row.integer("files_refused")
            let parts = [
                try row.string("started"), try row.string("job"), try row.string("outcome"), try row.text("duration"),
                "\(files) \(files == 1 ? "file" : "files")" + (refused > 0 ? ", \(refused) with refusals" : ""),
                "on \(try row.string("host"))", try row.text("error"),
            ]
            return parts.compactMap(\.self).joined(separator: "  ")
        }
        history =
            lines.isEmpty
            ? "No job has run yet."
            : (["Runs, newest first (times of \(zone)):"] + lines.map { "  " + $0 }).joined(separator: "\n")
        alerts = try connection.query(Self.alertStatement).map { row in
            let owner = try row.text("owner").map { " Owner: \($0)." } ?? ""
            let job = try row.string("job")
            let sentence = try row.text("last_success").map { last in
                "the last success was \(last) (\(zone)); expected every \(try row.string("expected_every"))."
            }
            return "ALERT \(job): " + (sentence ?? "it has never succeeded, and the programme has data.") + owner
        }
        absent = try connection.query(Self.absentStatement).map { row in
            "ABSENT \(try row.string("site")) \(try row.string("month")): due \(try row.string("due_on")), "
                + "\(try row.integer("days_late")) days late"
        }
    }

    private static let historyStatement = """
        select to_char(programme_time(started_at), 'YYYY-MM-DD HH24:MI:SS') as started, job, outcome, files, files_refused,
               host, error, round(extract(epoch from finished_at - started_at), 1) || ' s' as duration
        from job_history order by job_run_id desc limit $1::int
        """
    private static let alertStatement = """
        select job, to_char(programme_time(last_success_at), 'YYYY-MM-DD HH24:MI') as last_success, expected_every, owner
        from job_alert order by job
        """
    private static let absentStatement = """
        select site, to_char(month, 'YYYY-MM') as month, due_on, days_late from absent_report order by month desc, site
        """
}
