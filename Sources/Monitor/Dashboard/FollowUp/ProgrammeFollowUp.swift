import Ingest
import Metrics
import Postgres

/// What stands beside a clinic's or region's own: the programme's stays, dropouts and tests under the rule that is shown.
struct ProgrammeFollowUp: Sendable {
    let stays: Stays
    let strata: [Int: DropoutStratum]
    let tests: TestYear?

    init(_ key: FollowUpKey, _ counts: Counts, _ connection: borrowing Connection) throws {
        stays = try counts.stays(.programme, key.month, rule: key.rule, connection)[key.rule] ?? Stays()
        strata = try counts.dropoutsByTime(.programme, key.month, rule: key.rule, connection)
        tests = try counts.testYears(.programme, connection)[key.month]
    }
}

/// Which of the programme's own is asked for.
struct FollowUpKey: Hashable, Sendable {
    let month: Month
    let rule: String
}
