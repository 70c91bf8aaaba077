import Ingest
import Metrics

/// That there are client records of a place.
struct ClientRecords: Sendable, Equatable {
    let sites: Int
    /// Until which day they tell who is in treatment; nil where they do not.
    let lastDay: String?
}

/// What ends a stay, and what the records of a scope say under it.
struct StayRule: Sendable, Equatable {
    let name: String
    /// Days in a row without a dose that end a stay; nil for the episodes that clinics report.
    let missedDays: Int?
    /// Sites with such records; 0: none.
    let sites: Int
    let firstDay: String?
    let lastDay: String?
    /// Clients whose first day nobody told: in treatment, but on no curve.
    let unknownOrigins: Int
}

/// How retention is estimated from stays.
struct RetentionDefinition: Sendable, Equatable {
    let version: Int
    /// The rule that pages open with.
    let rule: String
    let followsEverybody: Bool
    let windowMonths: Int
    let fewestAtRisk: Double
}

/// Stays alike in everything that a curve needs.
struct StayGroup: Sendable, Hashable {
    /// Days of treatment after which they came under watch: 0 but for those who came before the records began.
    let entry: Int
    /// Day on which they were last seen, 1 being the first.
    let exit: Int
    /// As in the table exit_reason; none while they go on.
    let reason: String
}

/// So many stays of each group.
struct Stays: Sendable, Equatable {
    var clients: [StayGroup: Int] = [:]

    /// Why stays end, in the order of pages.
    static let reasons = [
        "dropout", "transferred", "completed", "disciplinary", "detained", "hospital", "moved", "died", "other",
    ]
    /// Those that count against retention, by their places in `reasons`: who is handed over or done has not been lost.
    static let unplanned = reasons.indices.filter { !["transferred", "completed"].contains(reasons[$0]) }

    var count: Int { clients.values.reduce(0, +) }

    /// Those of the whole that are not among these.
    func rest(of whole: Stays) -> Stays {
        Stays(clients: whole.clients.merging(clients) { $0 - $1 }.filter { $0.value > 0 })
    }

    /// Who was at risk and who left, by day of treatment.
    var table: RiskTable {
        var leaving: [Int: (ended: [Double], censored: Double)] = [:]
        var entering: [Int: Double] = [:]
        for (group, count) in clients where group.exit > group.entry {
            entering[group.entry, default: 0] += Double(count)
            var day = leaving[group.exit] ?? (Array(repeating: 0, count: Self.reasons.count), 0)
            if let reason = Self.reasons.firstIndex(of: group.reason) {
                day.ended[reason] += Double(count)
            } else {
                day.censored += Double(count)
            }
            leaving[group.exit] = day
        }
        return RiskTable(
            leaving: leaving.map { RiskTable.Leaving(time: Double($0), ended: $1.ended, censored: $1.censored) },
            // Who comes on his first day is at risk on it.
            entering: entering.map { RiskTable.Entering(time: $0 == 0 ? -.infinity : Double($0), count: $1) },
            reasons: Self.reasons.count)
    }
}

/// Entrants n months after their own first day.
struct CohortMonth: Sendable, Equatable {
    let n: Int
    let clients: Int
    let uninterrupted: Int
    let inTreatment: Int
    let transferred: Int
    let died: Int
    let dropouts: Int
    let dropoutsSquared: Int
}

/// Time in treatment and exits in one month, and in the year that ends with it.
struct TreatmentMonth: Sendable, Equatable {
    let sites: Int
    let clients: Int
    let days: Int
    let exits: Int
    /// Doses taken and days in treatment, of the clinics that report doses; nil where none does.
    let doses: Int?
    let daysOfDosed: Int?
    let clientsInYear: Int
    /// Over the clients of the year; time in days.
    let year: ClientSums
}

/// Days in treatment and dropouts of a year, by time in treatment until then (the strata of dropouts_by_time.sql).
struct DropoutStratum: Sendable, Equatable {
    let days: Double
    let dropouts: Double
}

/// A year's urine tests for opioids, over clients.
struct TestYear: Sendable, Equatable {
    let clients: Int
    let clientsPositive: Int
    let tests: Int
    let positive: Int
    let invalid: Int
    let missed: Int
    let sums: TestSums
    /// All tests due, every one that is not negative counted as positive.
    let atWorst: TestSums
    /// Each client's own share of positive tests, added, and squared and added.
    let shares: Double
    let sharesSquared: Double
    let clientsFollowed: Int
    let clientsRelapsed: Int
}

/// The same people at intake and at a later visit.
struct BehaviourPair: Sendable, Equatable {
    let instrument: String
    let visitMonth: Int
    let higherIs: Definition.Direction
    let asked: Int
    let due: Int
    let followed: Int
    let yesBefore: Int
    let yesAfter: Int
    let yesBoth: Int
    let lostYesBefore: Int
}

/// An instrument's scores in one month.
struct ScoreMonth: Sendable, Equatable {
    let role: String
    let instrument: String
    let month: Month
    let people: Int
    let sum: Double
    let squares: Double
}

/// Providers at the end of a month, and the clients in treatment then.
struct ProviderMonth: Sendable, Equatable {
    let month: Month
    let providers: Int
    let clients: Int
}
