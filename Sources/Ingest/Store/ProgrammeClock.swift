public import Postgres

/// The calendar on the programme's wall: one clock for files, pages and psql.
public enum ProgrammeClock {
    /// The running month.
    public static func month(_ connection: borrowing Connection) throws -> Month {
        try connection.query("select programme_time(now())::date as today")
            .first { Month(try $0.string("today")) ?? .first } ?? .first
    }
}
