import Ingest
import Metrics
import Postgres
import Synchronization

/// What stands beside a clinic's or region's own: the programme's stays, dropouts and tests under the rule that is shown.
struct ProgrammeFollowUp: Sendable {
    let stays: Stays
    let strata: [Int: DropoutStratum]
    let tests: TestYear?

    init(_ month: Month, rule: String, _ counts: Counts, _ connection: borrowing Connection) throws {
        stays = try counts.stays(.programme, month, rule: rule, connection)[rule] ?? Stays()
        strata = try counts.dropoutsByTime(.programme, month, rule: rule, connection)
        tests = try counts.testYears(.programme, connection)[month]
    }
}

/// The programme's own, kept while the data stay the same: the next clinic's page needs them again.
final class KeptFollowUps: Sendable {
    struct Key: Hashable, Sendable {
        let month: Month
        let rule: String
    }
    private struct State {
        /// Version, day and account that the kept ones were read by.
        var tag = ""
        var held: [Key: ProgrammeFollowUp] = [:]
    }
    private let state = Mutex(State())
    /// Pages are of a few months; past this many all go.
    private static let most = 16

    func programme(
        _ key: Key, _ cut: DataCut, _ account: String?, _ counts: Counts, _ connection: borrowing Connection
    ) throws -> ProgrammeFollowUp {
        let tag = "\(cut.version) \(cut.today) \(account ?? "")"
        if let held = state.withLock({ $0.tag == tag ? $0.held[key] : nil }) { return held }
        let read = try ProgrammeFollowUp(key.month, rule: key.rule, counts, connection)
        state.withLock { state in
            if state.tag != tag || state.held.count >= Self.most { state.held = [:] }
            state.tag = tag
            state.held[key] = read
        }
        return read
    }
}
