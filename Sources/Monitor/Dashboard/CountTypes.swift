import Ingest

/// An indicator's counts for one month: what PostgreSQL added up.
struct Count: Sendable, Equatable {
    var numerator: Double?
    var denominator: Double?
    /// Clients behind the figure, for the small-number rule.
    var people: Double?
    /// Sites that reported all of it.
    var sites: Int
    /// Withheld by the small-number rule.
    var isHidden = false

    /// Of other clinics beside these; where nobody reported, nothing is known, and not zero.
    func added(to other: Count) -> Count {
        func sum(_ part: (Count) -> Double?) -> Double? {
            part(self).map { mine in part(other).map { mine + $0 } ?? mine } ?? part(other)
        }
        return Count(
            numerator: sum(\.numerator), denominator: sum(\.denominator), people: sum(\.people),
            sites: sites + other.sites)
    }
}

/// What became of one expected report.
struct ReportState: Sendable, Equatable {
    /// As in the view expected_report.
    let state: String
    let isExpected: Bool
    let versions: Int
    let arrivedOn: String?
    let flags: Int
    let isEmpty: Bool
}

/// Reports of one month in a scope.
struct Completeness: Sendable, Equatable {
    let expected: Int
    let received: Int
    let inTime: Int

    func added(to other: Completeness) -> Completeness {
        Completeness(
            expected: expected + other.expected, received: received + other.received, inTime: inTime + other.inTime)
    }

    /// Of every clinic's reports, as in the view completeness.
    static func byMonth(_ clinics: some Sequence<[Month: ReportState]>) -> [Month: Completeness] {
        var counted: [Month: (expected: Int, received: Int, inTime: Int)] = [:]
        for (month, report) in clinics.joined() where report.isExpected {
            counted[month, default: (0, 0, 0)].expected += 1
            if report.state.hasPrefix("received") { counted[month]?.received += 1 }
            if report.state == "received" { counted[month]?.inTime += 1 }
        }
        return counted.mapValues { Completeness(expected: $0.expected, received: $0.received, inTime: $0.inTime) }
    }
}

/// A site as it is named and addressed.
struct Site: Sendable, Equatable {
    let id: Int
    let code: String
    let name: BilingualName
    let regionCode: String
    let regionName: BilingualName
    var url: String { "/sites/\(code)" }
}

/// How far the data reach.
struct DataCut: Sendable, Equatable {
    /// How many loads have been finished.
    let version: Int
    /// The programme's day, which answers depend on: a month falls due overnight.
    let today: String
    let receivedUntil: String?
    /// The day in the past whose knowledge is shown; nil: today's.
    var asOf: String?
    let firstMonth: Month?
    let lastMonth: Month?
    let provenances: [String]
    /// The trials whose arms the reader has uncovered.
    var unmasked = ""

    /// The months that have data, first to last.
    var months: [Month] { firstMonth.flatMap { first in lastMonth.map { Month.through(first, $0) } } ?? [] }
}

/// Movements of clients in one month, by field of the monthly report.
struct Flow: Sendable, Equatable {
    let month: Month
    let fields: [String: Int]
    let people: Double?

    static let inward = ["new", "readmitted", "transferred_in"]
    static let outward = [
        "exit_dropout", "exit_transferred", "exit_completed", "exit_disciplinary", "exit_detained", "exit_hospital",
        "exit_moved", "exit_died", "exit_other",
    ]
}

/// A version of a report, with its origin.
struct ReportVersion: Sendable, Equatable {
    let month: Month
    let version: Int
    let isCurrent: Bool
    let arrivedAt: String
    let isInTime: Bool
    let fileName: String
    let line: Int
    let receipt: Int
    /// Its first twelve digits; nil where the file holds confidential tables too.
    let sha256: String?
}

/// A flag of a current report.
struct ReportFlag: Sendable, Equatable {
    let month: Month
    let code: String
    let seen: Double?
    let expected: Double?
    /// What it is about, where it is one field of the report.
    var field: String?
    /// The words of a programme's own rule.
    var english: String?
    var chinese: String?
}
