import Ingest

/// A stay in treatment as the clinic's register has it.
struct SampleEpisode: Sendable {
    /// The clinic's index, and the client's number.
    let clinic: Int
    let number: Int
    /// Tendency to use heroin; 1 is the programme's average.
    let use: Double
    /// Nil for those who were there before anything is known.
    let entry: SampleEntry?
    let started: Day
    var ended: Day?
    var exit: SampleExit?
    /// What the client says on entry, in the order of `SampleBehaviour`.
    let answers: [Bool]

    func isUnderWay(on day: Day) -> Bool { started <= day && ended.map { day <= $0 } ?? true }
}

/// The registers of the clinics with client records: every stay that was under way when the run-up began, or began since.
struct SampleRegister: Sendable {
    /// By clinic, then by first day.
    private(set) var episodes: [SampleEpisode] = []
    /// Clients' presence in the months that have dosing sheets, in the order of time.
    private(set) var sheets: [SamplePresence] = []
    let firstSheet: Int
    /// By client's number what clinics write: one number for the whole programme, kept by those who change clinics.
    private(set) var codes: [Int: String] = [:]

    init(_ programme: SampleProgramme, scope: SampleRecordScope) {
        firstSheet = scope.firstSheet
        var random = SampleRandom(seed: programme.seed, stream: -6)
        var open: [Place: SampleEpisode] = [:]
        for record in programme.history.clients {
            let month = programme.firstMonth + record.index
            let presence = SamplePresence(record, daysOfMonth: month.days, random: &random)
            if record.index >= scope.firstSheet { sheets.append(presence) }
            let place = Place(clinic: record.clinic, number: record.number)
            var episode = open[place] ?? Self.begin(presence, programme, &random)
            if let exit = record.exit {
                (episode.ended, episode.exit) = (month.day(presence.days.upperBound), exit)
                episodes.append(episode)
                open[place] = nil
            } else {
                open[place] = episode
            }
        }
        episodes += open.values
        episodes.sort { ($0.clinic, $0.started, $0.number) < ($1.clinic, $1.started, $1.number) }
        for episode in episodes.sorted(by: { ($0.started, $0.number) < ($1.started, $1.number) })
        where codes[episode.number] == nil {
            codes[episode.number] = "C\("\(codes.count + 1)".leftPadded(to: 6))"
        }
    }

    private struct Place: Hashable {
        let clinic: Int
        let number: Int
    }

    /// The first day of a stay: a day of the month, or for those who were there before a month long ago.
    private static func begin(
        _ presence: SamplePresence, _ programme: SampleProgramme, _ random: inout SampleRandom
    ) -> SampleEpisode {
        let record = presence.record
        var started = (programme.firstMonth + record.index).day(presence.days.lowerBound)
        if record.entry == nil {
            let month = programme.firstMonth + record.index - record.monthsInStay - 1
            started = month.day(random.whole(in: 1...month.days))
            // Nobody was in treatment before the clinic opened.
            if let opened = Day(programme.clinics[record.clinic].openedOn), started < opened {
                let daysOpen = (programme.firstMonth + record.index).first.number - opened.number
                started = Day(number: opened.number + random.whole(in: 0...daysOpen - 1))
            }
        }
        return SampleEpisode(
            clinic: record.clinic, number: record.number, use: record.use, entry: record.entry, started: started,
            answers: SampleBehaviour.onEntry(use: record.use, &random))
    }
}

extension Month {
    /// The day of the month, from 1.
    func day(_ number: Int) -> Day { Day(number: first.number + number - 1) }
}

extension String {
    /// With leading zeros.
    func leftPadded(to width: Int) -> String { String(repeating: "0", count: max(0, width - count)) + self }
}
