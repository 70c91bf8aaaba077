import Ingest

/// Spreads each client's doses and tests of a month over its days. The sums are the report's; which days are missed is
/// drawn here: now and then all in one absence, which may go on into the next month.
struct SampleDosingSheets {
    struct Dose {
        let day: Day
        let number: Int
        let doseMg: Int
    }

    struct Test {
        let day: Day
        let number: Int
        let result: String
    }

    /// Probability that the month's missed days are one absence, that it is at the end of the month, and that one at the
    /// end goes on.
    private static let isOneAbsence = 0.12
    private static let isAtEnd = 0.6
    private static let goesOn = 0.85

    /// By day from the first of the sheets.
    private(set) var doses: [[Dose]]
    private(set) var tests: [[Test]]
    private let first: Day
    private var random: SampleRandom
    /// Clients who were away when the month ended.
    private var away: Set<Int> = []

    /// One clinic's, month after month.
    init(_ register: SampleRegister, of clinic: SampleClinic, _ programme: SampleProgramme) {
        random = SampleRandom(seed: programme.seed, stream: -1_000 - clinic.index)
        first = (programme.firstMonth + register.firstSheet).first
        let days = programme.lastMonth.last.number - first.number + 1
        doses = [[Dose]](repeating: [], count: days)
        tests = [[Test]](repeating: [], count: days)
        for presence in register.sheets where presence.record.clinic == clinic.index {
            write(presence, in: programme.firstMonth + presence.record.index)
        }
    }

    private mutating func write(_ presence: SamplePresence, in month: Month) {
        let (record, wasAway) = (presence.record, away.remove(presence.record.number) != nil)
        guard let attendance = record.attendance, attendance.days > 0 else { return }
        let missed = missedDays(presence, attendance.days, wasAway: wasAway)
        let dosed = presence.days.filter { !missed.contains($0) }
        if record.exit == nil, missed.count > 1, missed.contains(presence.days.upperBound) {
            away.insert(record.number)
        }
        let before = month.first.number - first.number - 1
        for day in dosed {
            let dose = Dose(day: month.day(day), number: record.number, doseMg: attendance.doseMg)
            doses[before + day].append(dose)
        }
        // On days with a dose, where there are enough of them.
        let days = random.shuffled(dosed) + presence.days.filter { missed.contains($0) }
        let given = attendance.tests
        for place in 0..<given.scheduled {
            let result = place < given.positive ? "positive" : place < given.done ? "negative" : "missed"
            let test = Test(day: month.day(days[place]), number: record.number, result: result)
            tests[before + days[place]].append(test)
        }
    }

    /// Whoever comes takes a dose on the first day, and whoever leaves on the last, where it is not the only one.
    private mutating func missedDays(_ presence: SamplePresence, _ dosed: Int, wasAway: Bool) -> Set<Int> {
        let missed = presence.days.count - dosed
        guard missed > 0 else { return [] }
        let first = presence.days.lowerBound + (presence.record.entry == nil ? 0 : 1)
        let isLastDosed = presence.record.exit != nil && dosed > 1
        let last = presence.days.upperBound - (isLastDosed ? 1 : 0)
        let latest = max(first, last - missed + 1)
        if wasAway, random.happens(Self.goesOn) { return Set(first..<first + missed) }
        guard random.happens(Self.isOneAbsence) else {
            return Set(random.shuffled(Array(first...max(first, last))).prefix(missed))
        }
        let start = random.happens(Self.isAtEnd) ? latest : random.whole(in: first...latest)
        return Set(start..<start + missed)
    }
}
