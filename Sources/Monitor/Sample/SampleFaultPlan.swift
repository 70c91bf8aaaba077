import Ingest

/// Decides who reports what wrongly, and when; the same clinic and month never has two faults that hide each other.
struct SampleFaultPlan {
    private(set) var faults: [SampleFault] = []
    private var random: SampleRandom
    private let clinics: [SampleClinic]
    private let first: Month
    private let months: Int
    /// Ordinary clinics in the order in which they are dealt faults.
    private var deck: [SampleClinic]
    /// Site-months already used, with the months around them.
    private var taken: Set<SampleSiteMonth> = []

    /// Kinds by clinics and consecutive months each.
    private static let deals: [(kind: SampleFaultKind, clinics: Int, run: Int)] = [
        (.neverSubmitted, 2, 1), (.neverSubmitted, 1, 3), (.totalsDoNotAdd, 3, 1), (.openingIsNotLastClosing, 3, 1),
        (.emptyReport, 3, 1), (.copiedMonth, 2, 1), (.zeroForMissingUrine, 3, 2), (.methadoneInMillilitres, 1, 1),
        (.notWhole, 1, 1), (.negative, 1, 1), (.positivesOverDone, 2, 1), (.unknownSite, 1, 1), (.corrected, 6, 1),
    ]
    /// Clinics whose last month is missing when the sample ends; the first of them lacks the month before too.
    private static let notYetReporting = 6
    /// The first months are free of faults, to have something to compare with; so are the last, whose corrections could
    /// not arrive any more.
    private static let firstMonth = 4
    private static let lastMonths = 5
    /// Months after which dropouts that were overlooked are noticed.
    static let overlookedMonths = 3

    init(clinics: [SampleClinic], seed: UInt64, first: Month, months: Int) {
        self.clinics = clinics
        self.first = first
        self.months = months
        random = SampleRandom(seed: seed, stream: -3)
        deck = random.shuffled(clinics.filter { $0.course == .steady && $0.formerCode == nil && $0.size >= 30 })
    }

    /// The complete plan except for lateness, which is drawn row by row.
    mutating func draw(history: SampleHistory) {
        addCourses()
        for _ in 0..<3 { overlookDropouts(history) }
        for deal in Self.deals {
            for _ in 0..<deal.clinics { put(deal.kind, months: deal.run) }
        }
        for number in 0..<Self.notYetReporting {
            let site = nextClinic().site
            if number == 0 { add(.notYetReported, site, months - 2) }
            add(.notYetReported, site, months - 1)
        }
        if let renamed = clinics.first(where: { $0.formerCode != nil }) {
            let run = 4
            let start = random.whole(in: Self.firstMonth...months - Self.lastMonths - run)
            for index in start..<start + run { add(.formerCode, renamed.site, index) }
        }
    }

    private mutating func addCourses() {
        for clinic in clinics {
            switch clinic.course {
            case .steady, .huge: break
            case .dropoutDriftsUp(let from): add(.dropoutDriftsUp, clinic.site, from)
            case .positivityStepsUp(let from): add(.positivityStepsUp, clinic.site, from)
            case .improves(let from): add(.improves, clinic.site, from)
            case .opens(let first): add(.opened, clinic.site, first)
            case .closes(let last):
                add(.closed, clinic.site, last)
                add(.closedYetReports, clinic.site, last + 2)
            case .tiny: add(.fewerThanFiveClients, clinic.site, months - 1)
            }
        }
    }

    /// A clinic large enough, in its month of most dropouts: half of them are noticed three months later.
    private mutating func overlookDropouts(_ history: SampleHistory) {
        let candidates = deck.indices.filter { deck[$0].size >= 120 }
        let clinic = deck.remove(at: candidates.first ?? 0)
        deck.append(clinic)
        let dropouts = history.counts[clinic.index].map { $0?[.exitDropout] ?? 0 }
        let free = freeMonths(clinic, run: Self.overlookedMonths + 1)
        guard let index = free.max(by: { dropouts[$0] < dropouts[$1] }), dropouts[index] > 1 else { return }
        take(clinic, index, index + Self.overlookedMonths)
        add(.dropoutsCorrectedUpwards, clinic.site, index)
        for later in 1..<Self.overlookedMonths { add(.caseloadCorrectedDownwards, clinic.site, index + later) }
    }

    private mutating func put(_ kind: SampleFaultKind, months run: Int) {
        let clinic = nextClinic()
        let free = freeMonths(clinic, run: run)
        guard !free.isEmpty else { return }
        let index = free[random.whole(in: 0...free.count - 1)]
        take(clinic, index, index + run - 1)
        for month in index..<index + run { add(kind, clinic.site, month) }
    }

    private mutating func nextClinic() -> SampleClinic {
        let clinic = deck.removeFirst()
        deck.append(clinic)
        return clinic
    }

    private mutating func add(_ kind: SampleFaultKind, _ site: String, _ index: Int) {
        faults.append(SampleFault(kind: kind, site: site, month: first + index))
    }

    /// Months at which a run of months without another fault can begin.
    private func freeMonths(_ clinic: SampleClinic, run: Int) -> [Int] {
        (Self.firstMonth..<months - Self.lastMonths).filter { start in
            (start..<start + run).allSatisfy { !taken.contains(SampleSiteMonth(site: clinic.site, index: $0)) }
        }
    }

    private mutating func take(_ clinic: SampleClinic, _ from: Int, _ through: Int) {
        for index in from - 1...through + 1 { taken.insert(SampleSiteMonth(site: clinic.site, index: index)) }
    }
}

private struct SampleSiteMonth: Hashable {
    let site: String
    let index: Int
}
