import Postgres

/// Months that are closed to changes, and who may still change them.
struct MonthLocks {
    /// A locked month, and the clinics that an exception opens it for; nil there opens it for all.
    private let openFor: [Month: Set<Int?>]

    init(_ openFor: [Month: Set<Int?>] = [:]) {
        self.openFor = openFor
    }

    var isEmpty: Bool { openFor.isEmpty }

    static func load(_ connection: borrowing Connection) throws -> MonthLocks {
        let rows = try connection.query(
            """
            select m.month, e.exception_id is not null as has_exception, e.site_id
            from reporting_month m
            left join lock_exception e on e.month = m.month and e.ends_on >= programme_time(now())::date
            where m.locks_on <= programme_time(now())::date
            """)
        var openFor: [Month: Set<Int?>] = [:]
        for (month, exception) in try rows.map({ row -> (String, Set<Int?>) in
            (try row.string("month"), try row.bool("has_exception") ? [try row.int("site_id")] : [])
        }) {
            if let month = Month(month) { openFor[month, default: []].formUnion(exception) }
        }
        return MonthLocks(openFor)
    }

    /// A row of a locked month without an exception. Only what is of one month is locked: a stay that began in it may end.
    func defects(in row: ParsedRow) -> [Defect] {
        guard row.kind == .monthly || row.kind.store == .bundles, let site = row.site, let month = row.month,
            let open = openFor[month], !open.contains(nil),
            !open.contains(site)
        else { return [] }
        return [
            Defect(
                line: row.line, column: row.kind.key.first { row[$0].firstDay != nil }, value: month.description,
                code: .monthLocked)
        ]
    }
}
