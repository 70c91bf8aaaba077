import Ingest

/// Who takes part in a simulated trial, until when, what they answer, and which sessions they have.
struct SampleTrialPeople {
    struct Participant {
        let site: String
        let code: String
        let role: String
        let person: SamplePerson
        let enrolled: Day
        var withdrawn: Day?
        var left: (day: Day, reason: String)?
    }
    struct Session {
        let site: String
        let form: String
        let number: Int
        let participant: String
        let planned: Day
        let held: Day?
        let attended: Int?
        let minutes: Int?
    }

    private(set) var participants: [Participant] = []
    private(set) var assessments: [SampleAssessment] = []
    private(set) var sessions: [Session] = []

    /// Dropouts a month, without the intervention; with it, so many times that (both as told of NCT01760720: 41 and 31 % in
    /// two years).
    private static let dropsOut = 0.0218
    static let spared = 0.71
    private static let leavesOtherwise = 0.005
    private static let (missed, refused, withdraws) = (0.05, 0.012, 0.02)

    private let trial: SampleTrial
    private let programme: SampleProgramme
    private var random: SampleRandom

    init(_ trial: SampleTrial, _ programme: SampleProgramme, stream: Int) {
        self.trial = trial
        self.programme = programme
        random = SampleRandom(seed: programme.seed, stream: stream)
        for cluster in trial.clusters {
            let levels = SampleOutcome.all.map { _ in random.normal() }
            for role in ["client", "provider"] {
                for number in 1...(role == "client" ? cluster.clients : cluster.providers) {
                    enrol(cluster, role: role, number: number, levels)
                }
            }
            if cluster.isIntervention { train(cluster) }
        }
    }

    private mutating func enrol(_ cluster: SampleTrial.Cluster, role: String, number: Int, _ levels: [Double]) {
        let site = cluster.clinic.site
        let code = "\(trial.code)-\(role == "client" ? "C" : "S")\("\(participants.count + 1)".leftPadded(to: 5))"
        let enrolled = trial.starts.day(random.whole(in: 2...26))
        let person =
            role == "client"
            ? SamplePerson(client: 5_000_000 + participants.count, seed: programme.seed, year: trial.starts.year)
            : SamplePerson(providerOn: enrolled, random: &random)
        var participant = Participant(site: site, code: code, role: role, person: person, enrolled: enrolled)
        if role == "client" { participant.left = leaving(cluster, from: enrolled) }
        if random.happens(Self.withdraws) {
            participant.withdrawn = Day(number: enrolled.number + random.whole(in: 20...250))
        }
        participants.append(participant)
        ask(participant, cluster, levels)
        if role == "client" && cluster.isIntervention { interview(participant) }
    }

    /// Month by month, until the trial ends or the clinic closes.
    private mutating func leaving(_ cluster: SampleTrial.Cluster, from enrolled: Day) -> (Day, String)? {
        let risk = Self.dropsOut * (cluster.isIntervention ? Self.spared : 1)
        for month in 0..<trial.lastVisit {
            let first = enrolled.number + month * 30
            if !cluster.clinic.isOpen(at: Day(number: first + 30).month - programme.firstMonth) {
                return (Day(number: first), "transferred")
            }
            let fate = random.uniform()
            let day = Day(number: first + random.whole(in: 1...29))
            if fate < risk { return (day, "dropout") }
            if fate < risk + Self.leavesOtherwise {
                return (day, ["detained", "moved", "transferred", "died"][random.whole(in: 0...3)])
            }
        }
        return nil
    }

    private mutating func ask(_ participant: Participant, _ cluster: SampleTrial.Cluster, _ levels: [Double]) {
        let who = SampleAssessment.Person(site: participant.site, code: participant.code, role: participant.role)
        // Answers of one person go together.
        let person = random.normal()
        let outcomes = SampleOutcome.all.enumerated().filter { $0.element.role == participant.role }
        let own = outcomes.map { _ in 0.5 * person + 0.87 * random.normal() }
        for (place, visit) in trial.visits.enumerated() {
            let late = visit == 0 ? 0 : random.whole(in: 0...20)
            let day = visit == 0 ? participant.enrolled : (participant.enrolled.month + visit).day(1 + late)
            let fate = random.uniform()
            let values = zip(outcomes, own).map { outcome, level in
                outcome.element.value(
                    clinic: levels[outcome.offset], person: level, visit: place, isTreated: cluster.isIntervention,
                    &random)
            }
            if participant.withdrawn.map({ $0 <= day }) ?? false { continue }
            if !cluster.clinic.isOpen(at: day.month - programme.firstMonth) { continue }
            // Who has left treatment is found again in one of three cases.
            let isGone = participant.left.map { $0.day <= day } ?? false
            let status =
                visit == 0
                ? "done"
                : isGone && fate < 0.66
                    ? "lost"
                    : fate > 1 - Self.refused
                        ? "refused"
                        : fate > 1 - Self.refused - Self.missed ? "missed" : "done"
            for (outcome, value) in zip(outcomes, values) {
                assessments.append(
                    status == "done"
                        ? SampleAssessment(who, visit, outcome.element.code, on: day, value: value)
                        : SampleAssessment(who, visit, outcome.element.code, status: status))
            }
        }
    }

    /// Three group sessions; in one clinic of ten the last is not held.
    private mutating func train(_ cluster: SampleTrial.Cluster) {
        let skipsLast = random.happens(0.1)
        for number in 1...SampleTrial.groupSessions {
            let planned = (trial.starts + 1).day(7 * number)
            let isHeld = !(skipsLast && number == SampleTrial.groupSessions)
            let absent = (0..<cluster.providers).count { _ in random.happens(0.1) }
            sessions.append(
                Session(
                    site: cluster.clinic.site, form: "provider_group", number: number, participant: "",
                    planned: planned,
                    held: isHeld ? Day(number: planned.number + random.whole(in: 0...5)) : nil,
                    attended: isHeld ? cluster.providers - absent : nil,
                    minutes: isHeld ? 10 * random.whole(in: 6...9) : nil))
        }
    }

    /// Two motivational interviews; more than one in ten is never held.
    private mutating func interview(_ client: Participant) {
        for number in 1...SampleTrial.interviews {
            let planned = Day(number: client.enrolled.number + 45 * number)
            let isThere = client.left.map { $0.day > planned } ?? true
            let isHeld = random.happens(number == 1 ? 0.93 : 0.86) && isThere
            sessions.append(
                Session(
                    site: client.site, form: "client_interview", number: number, participant: client.code,
                    planned: planned, held: isHeld ? Day(number: planned.number + random.whole(in: 0...12)) : nil,
                    attended: nil, minutes: isHeld ? 5 * random.whole(in: 4...9) : nil))
        }
    }
}
