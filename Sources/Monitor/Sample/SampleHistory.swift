import Ingest

/// What really happened in the simulated programme, before anybody wrote a report.
struct SampleHistory: Sendable {
    /// Months lived before the first report, so that caseloads settle and 12-month cohorts exist.
    static let runUpMonths = 30

    /// By clinic, then by month from the first of the period; nil while the clinic is closed.
    private(set) var counts: [[SampleCounts?]]
    /// Clients seen for the first time in the calendar year, by month: the sum over a year is everyone ever in
    /// treatment in it.
    private(set) var firstSeenThisYear: [Int]
    /// What clinics with client records write down, month after month and clinic after clinic.
    private(set) var clients: [SampleClientMonth] = []

    init(clinics: [SampleClinic], seed: UInt64, first: Month, months: Int) {
        counts = clinics.map { _ in [SampleCounts?](repeating: nil, count: months) }
        firstSeenThisYear = [Int](repeating: 0, count: months)
        let scope = SampleRecordScope(clinics: clinics, months: months)
        var caseloads = clinics.map { clinic in
            SampleCaseload(clinic: clinic, seed: seed, start: -Self.runUpMonths, scope: scope)
        }
        var transfers = SampleTransfers(clinics: clinics, seed: seed)
        for index in -Self.runUpMonths..<months {
            let conditions = SampleConditions(index: index, first: first, months: months)
            let arrivals = transfers.deliver(at: index)
            for clinic in clinics where clinic.isOpen(at: index) {
                let outcome = caseloads[clinic.index].pass(conditions, arrivals: arrivals[clinic.index] ?? [])
                transfers.send(outcome.transferred, from: clinic)
                clients += outcome.clients
                guard index >= 0 else { continue }
                counts[clinic.index][index] = outcome.counts
                firstSeenThisYear[index] += outcome.firstSeenThisYear
            }
        }
    }
}

/// Clients on their way from one clinic to another of the same province: they arrive in the month after.
private struct SampleTransfers {
    private let clinics: [SampleClinic]
    private var random: SampleRandom
    private var onTheWay: [(client: SampleClient, from: SampleClinic)] = []

    init(clinics: [SampleClinic], seed: UInt64) {
        self.clinics = clinics
        random = SampleRandom(seed: seed, stream: -2)
    }

    mutating func send(_ clients: [SampleClient], from clinic: SampleClinic) {
        onTheWay += clients.map { ($0, clinic) }
    }

    /// Arrivals by clinic index; some never arrive.
    mutating func deliver(at index: Int) -> [Int: [SampleClient]] {
        var arrivals: [Int: [SampleClient]] = [:]
        for (client, from) in onTheWay where random.happens(SampleRates.transferArrives) {
            let others = clinics.filter { other in
                other.region.code == from.region.code && other.index != from.index && other.isOpen(at: index)
                    && !other.closes(at: index) && other.course != .tiny
            }
            guard !others.isEmpty else { continue }
            arrivals[others[random.whole(in: 0...others.count - 1)].index, default: []].append(client)
        }
        onTheWay = []
        return arrivals
    }
}
