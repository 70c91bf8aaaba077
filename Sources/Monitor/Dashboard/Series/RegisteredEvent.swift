import Ingest
import Postgres

/// What happened to the programme, a region or a clinic, as the register of events has it.
struct RegisteredEvent: Sendable, Equatable {
    enum Kind: String, Sendable, CaseIterable {
        case training, policy, move
        case stockOut = "stock_out"
        case definition, other
    }

    let code: String
    let kind: Kind
    let firstDay: String
    /// Nil for a single day, or while it goes on.
    let lastDay: String?
    let reason: String
    /// Whether the baselines of charts begin anew in its month.
    let rebases: Bool
    let month: Month
    /// The clinic that it is of; nil for a region's or the programme's.
    let siteID: Int?
    /// The region that it is of, and those within that one; none for a clinic's or the programme's.
    let regionCodes: Set<String>

    func concerns(_ site: Site) -> Bool { concerns(siteID: site.id, regionCode: site.regionCode) }

    /// A programme's series are marked by what concerns all of it, a region's also by its own, a clinic's by all three.
    func concerns(_ scope: Scope) -> Bool {
        switch scope.place {
        case .programme: concerns(siteID: nil, regionCode: nil)
        case .region(let code): concerns(siteID: nil, regionCode: code)
        case .site: concerns(siteID: scope.siteID, regionCode: scope.region?.code)
        }
    }

    private func concerns(siteID: Int?, regionCode: String?) -> Bool {
        if let own = self.siteID { return own == siteID }
        return regionCodes.isEmpty || regionCode.map(regionCodes.contains) == true
    }
}

extension Counts {
    func events(_ connection: borrowing Connection) throws -> [RegisteredEvent] {
        try connection.query(sql.text("counts/events.sql")).map { row in
            let firstDay = try row.string("happened_on")
            return RegisteredEvent(
                code: try row.string("event"),
                kind: RegisteredEvent.Kind(rawValue: try row.string("kind")) ?? .other, firstDay: firstDay,
                lastDay: try row.text("ended_on"), reason: try row.string("reason"), rebases: try row.bool("rebases"),
                month: Month(firstDay) ?? .first, siteID: try row.int("site_id"),
                regionCodes: Set(try row.string("region_codes").split(separator: " ").map(String.init)))
        }
    }
}
