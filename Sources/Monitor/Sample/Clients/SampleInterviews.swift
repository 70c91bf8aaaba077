import Ingest

/// What first-time clients are asked on entry and, as long as they are in treatment at the clinic, again later. Whoever has
/// left by then is lost to follow-up: nothing is written down.
struct SampleInterviews {
    /// Entrants of so many months are asked.
    private static let months = 36
    /// Days after the day on which a visit is due, at the most, and how often it is missed or refused.
    private static let mostDaysLate = 14
    private static let missed = 0.05
    private static let refused = 0.02

    private(set) var rows: [SampleAssessment] = []

    init(_ register: SampleRegister, _ programme: SampleProgramme) {
        var random = SampleRandom(seed: programme.seed, stream: -7)
        let since = (programme.lastMonth - (Self.months - 1)).first
        let stays = Dictionary(grouping: register.episodes) { [$0.clinic, $0.number] }
        for episode in register.episodes where episode.entry == .new && episode.started >= since {
            let site = programme.clinics[episode.clinic].site
            let person = SampleAssessment.Person(
                site: site, code: register.codes[episode.number] ?? "", role: "client")
            write(person, episode.answers, month: 0, on: episode.started)
            for month in SampleBehaviour.visitMonths {
                let answers = SampleBehaviour.later(
                    than: episode.answers, month: month, use: episode.use, &random)
                let due = Int((Double(month) * 30.4375).rounded()) + random.whole(in: 0...Self.mostDaysLate)
                let day = Day(number: episode.started.number + due)
                let fate = random.uniform()
                let isThere = (stays[[episode.clinic, episode.number]] ?? []).contains { $0.isUnderWay(on: day) }
                guard isThere, day <= programme.lastMonth.last else { continue }
                if fate < Self.missed + Self.refused {
                    let status = fate < Self.missed ? "missed" : "refused"
                    rows += SampleBehaviour.allCases.map { behaviour in
                        SampleAssessment(person, month, behaviour.rawValue, status: status)
                    }
                } else {
                    write(person, answers, month: month, on: day)
                }
            }
        }
    }

    private mutating func write(_ person: SampleAssessment.Person, _ answers: [Bool], month: Int, on day: Day) {
        for (behaviour, saysYes) in zip(SampleBehaviour.allCases, answers) {
            rows.append(SampleAssessment(person, month, behaviour.rawValue, on: day, value: saysYes ? 1 : 0))
        }
    }
}

/// One instrument at one visit.
struct SampleAssessment: Sendable {
    struct Person: Sendable {
        let site: String
        let code: String
        let role: String
    }

    let person: Person
    let visitMonth: Int
    let instrument: String
    let status: String
    private(set) var day: Day?
    private(set) var value: Int?

    init(_ person: Person, _ visitMonth: Int, _ instrument: String, on day: Day, value: Int) {
        self.init(person, visitMonth, instrument, status: "done")
        (self.day, self.value) = (day, value)
    }

    init(_ person: Person, _ visitMonth: Int, _ instrument: String, status: String) {
        self.person = person
        self.visitMonth = visitMonth
        self.instrument = instrument
        self.status = status
    }
}
