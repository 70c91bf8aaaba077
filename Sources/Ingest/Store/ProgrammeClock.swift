public import Postgres

/// The calendar on the programme's wall: one clock for files, pages and psql.
public enum ProgrammeClock {
    /// The table programme has no row, or no time zone.
    struct Stopped: Error, CustomStringConvertible {
        let description = "The table programme holds no time zone: run `mmt migrate`, or restore the row from a backup."
    }

    static func today(_ connection: borrowing Connection) throws -> Day {
        let today = try connection.query("select programme_time(now())::date")[0, 0]
        guard let day = today.flatMap({ Day($0) }) else { throw Stopped() }
        return day
    }

    /// The running month.
    public static func month(_ connection: borrowing Connection) throws -> Month { try today(connection).month }
}
