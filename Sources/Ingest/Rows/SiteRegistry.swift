import Postgres

/// The clinics by every code that they go by.
struct SiteRegistry: Sendable {
    private let sites: [String: Int]
    private let codes: [String]
    private let names: [Int: String]
    private let openings: [Int: Month]

    /// - Parameter openings: the month in which each clinic first opened, where its calendar is known.
    init(_ known: [(code: String, site: Int)], openings: [Int: Month] = [:]) {
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
        return SiteRegistry(
            try rows.map { (try $0.string("code"), try $0.integer("site_id")) },
            openings: Dictionary(
                uniqueKeysWithValues: try openings.map {
                    (try $0.integer("site_id"), Month(try $0.string("opened_on")) ?? .first)
                }))
    }

    /// The month in which a clinic first opened; nil where its calendar is not known.
    func opening(of site: Int) -> Month? { openings[site] }

    /// The code that a clinic goes by.
    func code(of site: Int) -> String? { names[site] }

    func site(_ code: String) -> Int? { sites[Self.folded(code)] }

    /// The known code that is fewest slips away, if at most two; nil otherwise.
    func nearest(_ code: String) -> String? { Spelling.nearest(code, among: codes) }

    private static func folded(_ code: String) -> String { code.uppercased() }
}
