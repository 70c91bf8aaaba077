import Ingest

/// What the register and the dispensaries of a simulated trial's clinics say of its clients: who left, as the team says, and
/// every dose. They differ where somebody stays away for a time and comes back.
struct SampleTrialRecords {
    /// Probability of a day with a dose, and of a day on which a longer absence begins.
    private static let (comes, stopsComing) = (0.93, 0.0007)
    /// Days of an absence, and how many of a hundred are so long.
    private static let absences = [(share: 60, days: 8...12), (share: 30, days: 15...25), (share: 10, days: 31...45)]
    /// Days at the most between the last dose and the day that the team writes down.
    private static let told = 3

    private(set) var episodes: [[String]] = []
    private(set) var doses: [[String]] = []
    private var random: SampleRandom

    init(_ trial: SampleTrial, _ people: SampleTrialPeople, seed: UInt64, stream: Int) {
        random = SampleRandom(seed: seed, stream: stream)
        let treated = Set(trial.clusters.filter(\.isIntervention).map(\.clinic.site))
        for who in people.participants where who.role == "client" {
            register(who)
            dispense(who, in: trial, absenceTimes: treated.contains(who.site) ? SampleTrialPeople.spared : 1)
        }
    }

    static let episodeHeader = ["site", "client", "started_on", "ended_on", "exit_reason", "sex", "birth_year"]
    static let doseHeader = ["site", "client", "dosed_on", "dose_mg"]

    private mutating func register(_ who: SampleTrialPeople.Participant) {
        let started = Day(number: who.enrolled.number - random.whole(in: 40...400))
        episodes.append([
            who.site, who.code, "\(started)", who.left?.day.description ?? "", who.left?.reason ?? "", who.person.sex,
            "\(who.person.birthYear)",
        ])
    }

    /// From the trial's first month to the one after its last, so that of its last weeks too it shows who stayed away.
    private mutating func dispense(
        _ who: SampleTrialPeople.Participant, in trial: SampleTrial, absenceTimes factor: Double
    ) {
        let doseMg = "\(5 * random.whole(in: 8...18))"
        let end = (trial.ends.month + 1).last.number
        let last = who.left.map { max(who.enrolled.number, $0.day.number - random.whole(in: 0...Self.told)) } ?? end
        var backOn = 0
        for day in trial.starts.first.number...last {
            if day > who.enrolled.number, random.happens(Self.stopsComing * factor) { backOn = day + absence() }
            let isThere = day >= backOn && random.happens(Self.comes)
            // Who is enrolled has come to the clinic.
            guard isThere || day == who.enrolled.number else { continue }
            doses.append([who.site, who.code, "\(Day(number: day))", doseMg])
        }
    }

    private mutating func absence() -> Int {
        var place = random.whole(in: 0...99)
        for (share, days) in Self.absences {
            if place < share { return random.whole(in: days) }
            place -= share
        }
        return 0
    }
}
