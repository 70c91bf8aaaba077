import Postgres

/// The clinics by every code that they go by.
struct SiteRegistry: Sendable {
    private let sites: [String: Int]
    private let codes: [String]
    private let names: [Int: String]

    init(_ known: [(code: String, site: Int)]) {
        sites = Dictionary(known.map { (Self.folded($0.code), $0.site) }) { first, _ in first }
        codes = known.map(\.code).sorted()
        names = Dictionary(known.map { ($0.site, $0.code) }) { first, _ in first }
    }

    /// Codes first, so that an alias never hides a clinic of that very code.
    static func load(_ connection: borrowing Connection) throws -> SiteRegistry {
        let rows = try connection.query(
            """
            select code, site_id, 0 as place from site
            union all select alias, site_id, 1 from site_alias
            order by place, code
            """)
        return SiteRegistry(try rows.map { (try $0.string("code"), try $0.integer("site_id")) })
    }

    /// The code that a clinic goes by.
    func code(of site: Int) -> String? { names[site] }

    func site(_ code: String) -> Int? { sites[Self.folded(code)] }

    /// The known code that is fewest slips away, if at most two; nil otherwise.
    func nearest(_ code: String) -> String? {
        let wanted = Array(Self.folded(code))
        guard wanted.count <= 20 else { return nil }
        return codes.map { ($0, Self.distance(wanted, Array(Self.folded($0)))) }
            .filter { $0.1 <= 2 }.min { $0.1 < $1.1 }?.0
    }

    private static func folded(_ code: String) -> String { code.uppercased() }

    /// Levenshtein 1966: insertions, deletions and substitutions between two words.
    private static func distance(_ a: [Character], _ b: [Character]) -> Int {
        var row = Array(0...b.count)
        for (i, x) in a.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, y) in b.enumerated() {
                let above = row[j + 1]
                row[j + 1] = min(above + 1, row[j] + 1, diagonal + (x == y ? 0 : 1))
                diagonal = above
            }
        }
        return row[b.count]
    }
}
