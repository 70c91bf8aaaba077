public import Postgres

/// How a run of an unattended job ended.
public struct JobEnd: Sendable, Equatable {
    public enum Outcome: String, Sendable {
        /// The machinery worked to the end; files may still have been refused.
        case completed
        case failed
        /// Told to stop before its end.
        case interrupted
    }

    public var outcome: Outcome
    public var files: Int
    public var filesRefused: Int
    /// For the operator; never a cell, never the name of a file.
    public var error: String?

    public init(_ outcome: Outcome, files: Int = 0, filesRefused: Int = 0, error: String? = nil) {
        self.outcome = outcome
        self.files = files
        self.filesRefused = filesRefused
        self.error = error
    }
}

/// The runs of unattended jobs in the database. A run lives while its session holds the advisory lock of its number:
/// one that was killed lets go of it by dying, on whichever machine that was.
public enum JobLedger {
    /// First half of a run's lock; the function job_run_lives of the database knows the number too.
    private static let lockClass = "6177004"
    /// Held for the moment of beginning, so that of two runs one sees the other (the number is arbitrary).
    private static let beginning = "6177003"

    /// Another run of the job goes on.
    public struct Busy: Error, CustomStringConvertible {
        public let since: String
        public let host: String
        public var description: String { "another run is under way, since \(since) on \(host)" }
    }

    /// Writes down that a run begins, and that runs which were killed did not end.
    /// - Returns: the number of the run, to be finished on the same connection.
    public static func begin(_ job: String, host: String, _ connection: borrowing Connection) throws -> Int {
        try connection.transaction { connection in
            try connection.query("select pg_advisory_xact_lock(\(beginning))")
            try connection.query(
                """
                update job_run set outcome = 'interrupted'
                where job = $1 and outcome = 'running' and not job_run_lives(job_run_id)
                """, [job])
            let other = try connection.query(
                """
                select host, to_char(programme_time(started_at), 'YYYY-MM-DD HH24:MI') as since
                from job_run where job = $1 and outcome = 'running'
                """, [job]
            ).first { Busy(since: try $0.string("since"), host: try $0.string("host")) }
            if let other { throw other }
            let rows = try connection.query(
                """
                insert into job_run (job, host) values ($1, $2)
                returning job_run_id, pg_advisory_lock(\(lockClass), job_run_id)
                """, [job, host])
            return try rows.first { try $0.integer("job_run_id") } ?? 0
        }
    }

    public static func finish(_ run: Int, _ end: JobEnd, _ connection: borrowing Connection) throws {
        try connection.query(
            """
            update job_run set finished_at = clock_timestamp(), outcome = $2, files = $3, files_refused = $4, error = $5
            where job_run_id = $1
            """, ["\(run)", end.outcome.rawValue, "\(end.files)", "\(end.filesRefused)", end.error])
        try connection.query("select pg_advisory_unlock(\(lockClass), $1)", ["\(run)"])
    }
}
