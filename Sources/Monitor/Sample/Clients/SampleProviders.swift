import Ingest

/// The people who work in the clinics with client records, and how they answer twice a year.
struct SampleProviders {
    struct Provider {
        let site: String
        let code: String
        let person: SamplePerson
        let enrolled: Day
        var withdrawn: Day?
    }

    /// A clinic of ordinary size has eight; large ones have more.
    private static func posts(_ clinic: SampleClinic) -> Int { min(24, 5 + Int((clinic.size / 65).rounded())) }
    /// Probability of leaving in a month; a successor comes in the month after.
    private static let leaves = 0.008
    /// Months of the year in which providers are asked.
    private static let askedIn = [5, 11]
    /// Points: a questionnaire of 20 questions on methadone treatment, and 12 on dealings with clients of 5 points each.
    private static let knowledge = (mean: 12.6, perRound: 0.15, spread: 2.4, most: 20)
    private static let interaction = (mean: 41.0, perRound: 0.25, spread: 5.5, most: 60)

    private(set) var providers: [Provider] = []
    private(set) var rows: [SampleAssessment] = []

    private let programme: SampleProgramme
    private var random: SampleRandom

    init(_ scope: SampleRecordScope, _ programme: SampleProgramme) {
        self.programme = programme
        random = SampleRandom(seed: programme.seed, stream: -8)
        for clinic in scope.clinics {
            for _ in 0..<Self.posts(clinic) { fill(clinic) }
        }
    }

    /// One post over the whole period: who holds it, one after another.
    private mutating func fill(_ clinic: SampleClinic) {
        var enrolled = startOfWork(clinic)
        while let since = enrolled {
            let end = lastDay(clinic, since: since)
            let provider = Provider(
                site: clinic.site, code: "S\("\(providers.count + 1)".leftPadded(to: 4))",
                person: SamplePerson(providerOn: since, random: &random), enrolled: since, withdrawn: end)
            providers.append(provider)
            ask(provider)
            guard let end, clinic.isOpen(at: end.month - programme.firstMonth + 1), end.month < programme.lastMonth
            else { return }
            enrolled = (end.month + 1).day(random.whole(in: 1...20))
        }
    }

    private mutating func startOfWork(_ clinic: SampleClinic) -> Day? {
        guard let opened = Day(clinic.openedOn) else { return nil }
        guard opened < programme.firstMonth.first else { return opened }
        let daysOpen = programme.firstMonth.first.number - opened.number
        return Day(number: opened.number + random.whole(in: 0...daysOpen - 1))
    }

    /// Nil for those who are still there.
    private mutating func lastDay(_ clinic: SampleClinic, since: Day) -> Day? {
        var month = max(since.month + 1, programme.firstMonth)
        while month <= programme.lastMonth {
            if clinic.closes(at: month - programme.firstMonth) { return month.last }
            if random.happens(Self.leaves) { return month.day(random.whole(in: 1...month.days)) }
            month = month + 1
        }
        return nil
    }

    /// Each provider has a level of his own, from which his answers stray a little.
    private mutating func ask(_ provider: Provider) {
        let person = SampleAssessment.Person(site: provider.site, code: provider.code, role: "provider")
        let (knows, relates) = (random.normal(), random.normal())
        for (round, month) in rounds.enumerated() {
            let day = month.day(random.whole(in: 6...24))
            let strays = (random.normal(), random.normal())
            guard provider.enrolled < day, provider.withdrawn.map({ day < $0 }) ?? true else { continue }
            let visit = month - provider.enrolled.month
            for (instrument, scale, level, stray) in [
                ("knowledge", Self.knowledge, knows, strays.0), ("interaction", Self.interaction, relates, strays.1),
            ] {
                let points =
                    scale.mean + scale.perRound * Double(round) + scale.spread * (0.85 * level + 0.5 * stray)
                let value = min(max(Int(points.rounded()), 0), scale.most)
                rows.append(SampleAssessment(person, visit, instrument, on: day, value: value))
            }
        }
    }

    private var rounds: [Month] {
        Month.through(programme.firstMonth, programme.lastMonth).filter { Self.askedIn.contains($0.number) }
    }
}
