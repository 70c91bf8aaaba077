import Foundation
import Postgres

/// The programme's own metrics in Prometheus' text format 0.0.4. Counts only, of the programme as a whole: a label names
/// an outcome, a code or a job, never a place.
struct MonitoringText {
    static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    let sql: SQLFolder

    private struct Metric {
        let name: String
        let isCounter: Bool
        let label: String?
        let help: String

        init(_ name: String, label: String? = nil, _ help: String) {
            self.name = name
            self.label = label
            self.help = help
            isCounter = name.hasSuffix("_total")
        }
    }

    private static let metrics = [
        Metric("mmt_receipts_total", label: "outcome", "Files received, by what became of them."),
        Metric("mmt_receipts_unfinished", "Loads under way, or killed and not taken up again yet."),
        Metric("mmt_rows_total", label: "fate", "Rows received, by what became of them."),
        Metric("mmt_quarantine_open_rows", "Refused rows that no file has settled and nobody has closed."),
        Metric("mmt_last_load_timestamp_seconds", "When a file was last stored, in whole or in part."),
        Metric("mmt_data_version", "Version of the data, as in dataCut.version of the API."),
        Metric("mmt_due_month_timestamp_seconds", "First day of the last month whose deadline has passed."),
        Metric("mmt_due_month_reports_expected", "Reports expected for that month."),
        Metric("mmt_due_month_reports_received", "Of those: received by now."),
        Metric("mmt_due_month_reports_in_time", "Of those: received by the deadline."),
        Metric("mmt_reports_absent", "Reports of any month that are past their deadline and have not come."),
        Metric("mmt_flags_open", label: "code", "Questions to the current reports that nobody has resolved."),
        Metric("mmt_job_alert", label: "job", "1 where the job has not succeeded for longer than expected."),
        Metric("mmt_job_running", label: "job", "1 while a run is under way."),
        Metric("mmt_job_last_run_timestamp_seconds", label: "job", "When a run last ended, well or not."),
        Metric("mmt_job_last_success_timestamp_seconds", label: "job", "When a run last succeeded."),
    ]
    private static let statements = ["monitoring_loads", "monitoring_reports", "monitoring_jobs"]

    func text(_ connection: borrowing Connection) throws -> String {
        var samples: [String: [String]] = [:]
        for statement in Self.statements {
            _ = try connection.query(sql.text("counts/\(statement).sql")).map { row in
                let name = try row.string("metric")
                // What has not happened yet has no time: no line, rather than 1970.
                guard let value = try row.text("value"), let metric = Self.metrics.first(where: { $0.name == name })
                else { return }
                let label = try metric.label.flatMap { label in
                    try row.text("label").map { "{\(label)=\"\(Self.escaped($0))\"}" }
                }
                samples[name, default: []].append("\(name)\(label ?? "") \(value)")
            }
        }
        return Self.metrics.flatMap { metric in
            let kind = metric.isCounter ? "counter" : "gauge"
            let head = ["# HELP \(metric.name) \(metric.help)", "# TYPE \(metric.name) \(kind)"]
            return samples[metric.name].map { head + $0 } ?? []
        }.joined(separator: "\n") + "\n"
    }

    /// By scalars: a quotation mark that an accent stands upon is one all the same.
    static func escaped(_ label: String) -> String {
        let escapes: [Unicode.Scalar: String] = ["\\": "\\\\", "\"": "\\\"", "\n": "\\n"]
        return label.unicodeScalars.reduce(into: "") { $0 += escapes[$1] ?? String($1) }
    }
}
