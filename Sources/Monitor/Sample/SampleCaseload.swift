import Ingest

/// The clients of one clinic, month after month; every count of its reports is counted from them.
struct SampleCaseload {
    let clinic: SampleClinic
    private let scope: SampleRecordScope
    private var random: SampleRandom
    private var clients: [SampleClient] = []
    private var away: [SampleClient] = []
    private var cohorts: [Int: SampleCohort] = [:]
    /// Clients met so far, from which each gets a number.
    private var met = 0

    /// Filled with clients of long standing, who are replaced during the run-up.
    init(clinic: SampleClinic, seed: UInt64, start: Int, scope: SampleRecordScope) {
        self.clinic = clinic
        self.scope = scope
        random = SampleRandom(seed: seed, stream: clinic.index)
        guard clinic.isOpen(at: start) else { return }
        for _ in 0..<Int(clinic.size * SampleRates.startingCaseload) {
            var client = newClient(cohort: nil)
            client.monthsInStay = random.whole(in: 0...SampleRates.startingMonths)
            clients.append(client)
            guard random.happens(SampleRates.startingAway) else { continue }
            client = newClient(cohort: nil)
            client.monthsAway = random.whole(in: 1...SampleRates.startingMonths)
            away.append(client)
        }
    }

    /// Lives through one month and returns its report.
    mutating func pass(_ conditions: SampleConditions, arrivals: [SampleClient]) -> SampleMonthAtClinic {
        var result = SampleMonthAtClinic()
        result.counts[.opening] = clients.count
        let known = clients.count
        admit(conditions, arrivals: arrivals, counts: &result.counts)
        let dispensary = SampleDispensary(clinic, conditions)
        let closes = clinic.closes(at: conditions.index)
        let dropout =
            conditions.dropout * clinic.dropout(at: conditions.index) * random.factor(logSD: SampleRates.monthLogSD)
        var staying: [SampleClient] = []
        for position in clients.indices {
            var client = clients[position]
            if client.lastYear != conditions.month.year { result.firstSeenThisYear += 1 }
            client.lastYear = conditions.month.year
            let exit =
                exit(of: client, dropout: dropout, doseMg: client.doseMg(programmeMeanMg: dispensary.meanDoseMg))
                ?? (closes ? .transferred : nil)
            let stay = SampleStay(client: client, isEntering: position >= known, exit: exit)
            let attendance =
                conditions.index < 0
                ? nil : dispensary.count(stay, random: &random, into: &result.counts)
            if scope.keeps(stay, of: clinic, at: conditions.index) {
                let entry = result.entry(at: position - known)
                let month = SampleClientMonth(clinic, conditions, stay, entry: entry, attendance: attendance)
                result.clients.append(month)
            }
            guard let exit else {
                client.monthsInStay += 1
                staying.append(client)
                continue
            }
            result.counts[exit.column] += 1
            discharge(client, by: exit, transferred: &result.transferred)
        }
        clients = staying
        result.counts[.closing] = clients.count
        countCohorts(at: conditions.index, into: &result.counts)
        return result
    }

    private mutating func newClient(cohort: Int?) -> SampleClient {
        met += 1
        return SampleClient(
            number: clinic.index * SampleRecordScope.mostClients + met, cohort: cohort, random: &random)
    }

    private mutating func admit(
        _ conditions: SampleConditions, arrivals: [SampleClient], counts: inout SampleCounts
    ) {
        clients += arrivals
        counts[.transferredIn] = arrivals.count
        guard !clinic.closes(at: conditions.index) else { return }
        let seekers = random.poisson(mean: clinic.size * SampleRates.newPerClient * conditions.admissions)
        counts[.new] = min(seekers, max(0, clinic.places - clients.count))
        cohorts[conditions.index] = SampleCohort(entered: counts[.new])
        for _ in 0..<counts[.new] { clients.append(newClient(cohort: conditions.index)) }
        var stillAway: [SampleClient] = []
        for var client in away {
            let returns = random.happens(SampleRates.returning(afterMonths: client.monthsAway) * conditions.admissions)
            if returns, clients.count < clinic.places {
                client.monthsInStay = 0
                clients.append(client)
                counts[.readmitted] += 1
            } else {
                client.monthsAway += 1
                stillAway.append(client)
            }
        }
        away = stillAway
    }

    /// How the client's stay ends in this month, if it does.
    private mutating func exit(of client: SampleClient, dropout: Double, doseMg: Int) -> SampleExit? {
        var draw = random.uniform()
        let byMonth = SampleRates.dropoutByMonth
        let usual = byMonth[min(client.monthsInStay, byMonth.count - 1)]
        let probability = usual * dropout * client.dropoutTendency(doseMg: doseMg)
        if draw < probability { return .dropout }
        draw -= probability
        // Few get as far as the list.
        guard draw < SampleRates.otherExitsTogether else { return nil }
        for other in SampleRates.otherExits {
            if draw < other.probability { return other.exit }
            draw -= other.probability
        }
        return nil
    }

    private mutating func discharge(
        _ leaving: SampleClient, by exit: SampleExit, transferred: inout [SampleClient]
    ) {
        var client = leaving
        if let cohort = client.cohort { cohorts[cohort]?.leave(by: exit) }
        client.cohort = nil
        client.monthsAway = 1
        if exit == .transferred { transferred.append(client) }
        if exit.isReversible { away.append(client) }
    }

    private func countCohorts(at index: Int, into counts: inout SampleCounts) {
        let blocks: [(Int, SampleColumn)] = [(3, .cohort3Entered), (6, .cohort6Entered), (12, .cohort12Entered)]
        for (months, column) in blocks {
            let cohort = cohorts[index - months] ?? SampleCohort(entered: 0)
            for (offset, count) in cohort.parts.enumerated() {
                guard let part = SampleColumn(rawValue: column.rawValue + offset) else { continue }
                counts[part] = count
            }
        }
    }
}

/// One month at one clinic.
struct SampleMonthAtClinic {
    var counts = SampleCounts()
    /// Clients who leave for another clinic.
    var transferred: [SampleClient] = []
    /// Clients seen for the first time in the calendar year, the denominator of annual retention; not reported.
    var firstSeenThisYear = 0
    /// What the clinic writes down of single clients, where it keeps such records.
    var clients: [SampleClientMonth] = []

    /// How the client at a place among those who came in the month did so: transferred clients are first, new ones next.
    func entry(at place: Int) -> SampleEntry? {
        guard place >= 0 else { return nil }
        if place < counts[.transferredIn] { return .transferredIn }
        return place < counts[.transferredIn] + counts[.new] ? .new : .readmitted
    }
}
