import Ingest

/// A simulated roll-out: clinics are trained in motivational interviewing one after the other, in an order that chance drew.
///
/// That it keeps clients in treatment is this simulation's own, and estimates nothing.
enum SampleRollout {
    static let code = "MI-TRAINING"
    static let indicator = "dropout_rate"
    static let phaseInMonths = 2
    /// What dropout is multiplied by while it is being learnt, and from then on.
    static let effects = (learning: 0.9, full: 0.8)
    /// Clinics of it that are never trained.
    static let untrained = 6

    /// The first month index in which a clinic may begin, and how many months the starts are spread over: enough months
    /// on either side of each for a series of its own.
    static func starts(months: Int) -> Range<Int> { max(9, months - 30)..<months - 15 }

    /// The clinics with the month in which each begins, drawn apart from all else. Clinics that tell another story, or were
    /// not there all the time, are not of it.
    static func planned(_ clinics: [SampleClinic], seed: UInt64, months: Int) -> [SampleClinic] {
        var random = SampleRandom(seed: seed, stream: -41)
        let starts = starts(months: months)
        var clinics = clinics
        for (place, index) in random.shuffled(members(clinics).map(\.index)).enumerated() where place >= untrained {
            clinics[index].trainedFrom = starts.lowerBound + (place - untrained) % starts.count
        }
        return clinics
    }

    private static func members(_ clinics: [SampleClinic]) -> [SampleClinic] {
        clinics.filter { clinic in
            switch clinic.course {
            case .steady, .tiny, .huge, .positivityStepsUp: true
            case .dropoutDriftsUp, .improves, .opens, .closes: false
            }
        }
    }

    static func effect(sinceStart months: Int) -> Double {
        months < 0 ? 1 : months < phaseInMonths ? effects.learning : effects.full
    }

    static func file(_ programme: SampleProgramme) -> SampleFile {
        let header = ["rollout", "site", "name", "name_zh", "starts_on", "phase_in_months", "indicator"]
        let rows = members(programme.clinics).map { clinic in
            [
                code, clinic.site, "Training in motivational interviewing (simulated)", "动机访谈培训（模拟）",
                clinic.trainedFrom.map { (programme.firstMonth + $0).date(day: 1) } ?? "", "\(phaseInMonths)",
                indicator,
            ]
        }
        let text = ([header] + rows).map { $0.joined(separator: ",") + "\n" }.joined()
        return SampleFile(name: "rollouts.csv", bytes: Array(text.utf8))
    }
}
