import Ingest
import Postgres

/// What clinics are compared by in one month: of all that the reader may see, small numbers already hidden.
///
/// A region's clinics are compared within the whole programme too: how unlike the others a clinic is does not depend on
/// the page that shows it.
struct ComparedMonth: Sendable {
    let month: Month
    let sites: [Site]
    /// By indicator and site number.
    let counts: [String: [Int: Count]]
    /// All clinics together, by indicator.
    let whole: [String: Count]
    /// By indicator, in the unit that is shown.
    let targets: [String: Double]
    /// Clinics of like size, by site number; a clinic without a shown caseload is in none.
    let peers: [Int: Int]
    let peerDefinition: PeerDefinition

    static let size = "caseload"
}

extension ComparedMonth {
    init(
        _ indicators: [String], _ month: Month, _ counts: Counts, _ disclosure: Disclosure,
        _ connection: borrowing Connection
    ) throws {
        self.month = month
        sites = try counts.sites(.programme, connection)
        let read = try counts.compared(Array(Set(indicators + [Self.size])).sorted(), month, connection)
        whole = read.mapValues { disclosure.applied(to: Self.sum($0.values)) }
        self.counts = read.mapValues { $0.mapValues { disclosure.applied(to: $0) } }
        targets = try counts.targets(month, connection)
        let sizes = self.counts[Self.size]?.compactMapValues(\.numerator) ?? [:]
        peerDefinition = try counts.peerDefinition(month, connection)
        peers = peerDefinition.groups(of: sizes)
    }

    /// Over the sites that reported all of it, as sql/counts/series.sql adds.
    static func sum(_ counts: some Collection<Count>) -> Count {
        let complete = counts.filter { $0.numerator != nil && $0.denominator != nil }
        guard !complete.isEmpty else { return Count(numerator: nil, denominator: nil, people: nil, sites: 0) }
        func sum(_ part: (Count) -> Double?) -> Double { complete.compactMap(part).reduce(0, +) }
        let people = complete.contains { $0.people != nil } ? sum(\.people) : nil
        return Count(
            numerator: sum(\.numerator), denominator: sum(\.denominator), people: people, sites: complete.count)
    }
}

/// Who a clinic's peers are: clinics in the same of so many groups by size.
struct PeerDefinition: Sendable, Equatable {
    let version: Int
    let groups: Int

    /// The group of each, from 0 for the smallest: as many of them as there are smaller clinics, in parts of the whole.
    func groups(of sizes: [Int: Double]) -> [Int: Int] {
        let sorted = sizes.values.sorted()
        var smaller: [Double: Int] = [:]
        for (place, size) in sorted.enumerated() where smaller[size] == nil { smaller[size] = place }
        return sizes.mapValues { groups * (smaller[$0] ?? 0) / max(1, sorted.count) }
    }
}

extension Counts {
    /// By indicator and site number.
    func compared(
        _ indicators: [String], _ month: Month, _ connection: borrowing Connection
    ) throws -> [String: [Int: Count]] {
        var compared: [String: [Int: Count]] = [:]
        let parameters = ["{\(indicators.joined(separator: ","))}", month.firstDay]
        _ = try connection.query(sql.text("counts/compared.sql"), parameters).map { row in
            compared[try row.string("indicator"), default: [:]][try row.integer("site_id")] = Count(
                numerator: try row.double("numerator"), denominator: try row.double("denominator"),
                people: try row.double("people"), sites: 1)
        }
        return compared
    }

    func targets(_ month: Month, _ connection: borrowing Connection) throws -> [String: Double] {
        let rows = try connection.query(sql.text("counts/targets.sql"), [month.firstDay]).map { row in
            (try row.string("indicator"), try row.required("value", row.double("value")))
        }
        return Dictionary(rows) { first, _ in first }
    }

    /// One group of all where none is in force.
    func peerDefinition(_ month: Month, _ connection: borrowing Connection) throws -> PeerDefinition {
        let rows = try connection.query(sql.text("counts/peer_definition.sql"), [month.firstDay])
        return try rows.first { row in
            PeerDefinition(version: try row.integer("version"), groups: try row.integer("groups"))
        } ?? PeerDefinition(version: 0, groups: 1)
    }
}
