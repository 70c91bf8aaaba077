import Postgres

/// The clinics by every code that they go by.
struct SiteRegistry: Sendable {
    private let sites: [String: Int]
    private let codes: [String]
    private let names: [Int: String]
    private let openings: [Int: Month]
    private let bounds: [Int: CalendarBounds]
    /// By clinic, the days of trials that it is in and whose arms are hidden.
    private let trials: [Int: [ClosedRange<Day>]]

    /// How far a registry may move the ends of a calendar of several periods; what lies between them it leaves alone.
    struct CalendarBounds: Sendable {
        /// The last day of the first period; before the second at any rate.
        let opensBy: Day
        /// The first day of the last period.
        let closesFrom: Day
    }

    /// - Parameters:
    ///   - openings: the month in which each clinic first opened, where its calendar is known.
    ///   - bounds: of clinics with several periods.
    ///   - trials: of clinics in trials.
    init(
        _ known: [(code: String, site: Int)], openings: [Int: Month] = [:], bounds: [Int: CalendarBounds] = [:],
        trials: [Int: [ClosedRange<Day>]] = [:]
    ) {
        self.bounds = bounds
        self.trials = trials
        sites = Dictionary(known.map { (Self.folded($0.code), $0.site) }) { first, _ in first }
        codes = known.map(\.code).sorted()
        names = Dictionary(known.map { ($0.site, $0.code) }) { first, _ in first }
        self.openings = openings
    }

    /// Codes first, so that an alias never hides a clinic of that very code.
    static func load(_ connection: borrowing Connection) throws -> SiteRegistry {
        let rows = try connection.query(
            """
            select code, site_id, 0 as place from site
            union all select alias, site_id, 1 from site_alias
            order by place, code
            """)
        let openings = try connection.query(
            "select site_id, min(starts_on) as opened_on from site_interval group by site_id")
        let bounds = try connection.query(
            """
            select site_id, max(starts_on) as closes_from,
                   least((array_agg(ends_on order by starts_on))[1],
                         (array_agg(starts_on order by starts_on))[2] - 1) as opens_by
            from site_interval group by site_id having count(*) > 1
            """
        ).map { row in
            (
                try row.integer("site_id"),
                CalendarBounds(
                    opensBy: Day(try row.string("opens_by")) ?? Month.first.first,
                    closesFrom: Day(try row.string("closes_from")) ?? Month.first.first)
            )
        }
        return SiteRegistry(
            try rows.map { (try $0.string("code"), try $0.integer("site_id")) },
            openings: Dictionary(
                uniqueKeysWithValues: try openings.map {
                    (try $0.integer("site_id"), Month(try $0.string("opened_on")) ?? .first)
                }),
            bounds: Dictionary(uniqueKeysWithValues: bounds), trials: try trials(connection))
    }

    /// A trial that does not say when it begins or ends goes on for ever: nothing is told too early.
    private static func trials(_ connection: borrowing Connection) throws -> [Int: [ClosedRange<Day>]] {
        let (first, last) = (Month.first.first, Day(number: 1_000_000))
        let days = try connection.query(
            "select site_id, starts_on, ends_on from trial_cluster join current_trial_protocol using (trial)"
        ).map { row in
            let starts = try row.text("starts_on").flatMap { Day($0) } ?? first
            return (
                try row.integer("site_id"),
                starts...max(starts, try row.text("ends_on").flatMap { Day($0) } ?? last)
            )
        }
        return Dictionary(grouping: days, by: \.0).mapValues { $0.map(\.1) }
    }

    /// Whether the clinic is in a trial on that day.
    func isInTrial(_ site: Int, on day: Day) -> Bool { trials[site]?.contains { $0.contains(day) } ?? false }

    /// The month in which a clinic first opened; nil where its calendar is not known.
    func opening(of site: Int) -> Month? { openings[site] }

    /// Nil where the clinic has one period or none.
    func calendarBounds(of site: Int) -> CalendarBounds? { bounds[site] }

    /// The code that a clinic goes by.
    func code(of site: Int) -> String? { names[site] }

    func site(_ code: String) -> Int? { sites[Self.folded(code)] }

    /// Whether a code is another one of the clinic that it means.
    func isAlias(_ code: String) -> Bool {
        site(code).flatMap(self.code).map { Self.folded($0) != Self.folded(code) } ?? false
    }

    /// The known code that is fewest slips away, if at most two; nil otherwise.
    func nearest(_ code: String) -> String? { Spelling.nearest(code, among: codes) }

    static func folded(_ code: String) -> String { code.uppercased() }
}
