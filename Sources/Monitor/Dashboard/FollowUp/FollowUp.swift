import Ingest
import Postgres

/// What client records tell of a place in a month, read in one transaction, with the programme's beside it.
struct FollowUp: Sendable {
    let scope: Scope
    let cut: DataCut
    let month: Month
    let counts: FollowUpCounts
    /// Nil on the programme's own page.
    let programme: ProgrammeFollowUp?

    /// Nil where the place is not known, or not the reader's, or there is nothing to show.
    /// - Throws: `MonthWithoutData`, `UnknownRule`.
    init?(
        _ place: Scope.Place, _ month: Month?, rule: String?, _ counts: Counts, _ connection: borrowing Connection
    ) throws {
        guard let scope = try counts.scope(place, connection) else { return nil }
        let cut = try counts.dataCut(scope, connection)
        if let month, !cut.months.contains(month) { throw MonthWithoutData(month: month) }
        let usual = try RegionCounts(cut, counts, connection).usualMonth(scope, connection)
        guard let shown = month ?? usual,
            let read = try FollowUpCounts(scope, shown, rule: rule, counts, connection)
        else { return nil }
        (self.scope, self.cut, self.month, self.counts) = (scope, cut, shown, read)
        let key = FollowUpKey(month: shown, rule: read.rule.name)
        programme = scope.place == .programme ? nil : try counts.programmeFollowUp(key, cut, connection)
    }
}
