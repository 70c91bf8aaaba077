import Ingest

/// Something put into the client records on purpose; the list is complete.
struct SampleSlip: Sendable {
    enum Kind: CaseIterable, Sendable {
        case sheetsLost, notYetSent, doseMistyped, exitCorrected

        /// The slip in plain words.
        var sentence: String {
            switch self {
            case .sheetsLost: "The dosing sheets of three days are lost: fewer client-days than the clinic reports."
            case .notYetSent: "The doses and tests of the last month have not yet arrived."
            case .doseMistyped: "One dose written ten times too large: the row is refused, and the day is missing."
            case .exitCorrected: "A stay written down as dropout; a later file says that the client had been detained."
            }
        }
    }

    let kind: Kind
    let site: String
    let month: Month
    /// The days concerned, as places in the month.
    var days: ClosedRange<Int> = 1...31
    /// The client concerned.
    var number: Int?

    func concerns(_ day: Day) -> Bool { day.month == month && days.contains(day.place.day) }

    /// Days whose sheets are lost, in the month so long before the last.
    private static let lostDays = 12...14
    private static let lostMonthsAgo = 9
    private static let mistypedMonthsAgo = 5
    /// A dose of this size or more cannot be ten times as large.
    private static let mistypedDoseMg = 60

    /// Dealt to the clinics with dosing sheets, one after another; the corrected stay is any clinic's.
    static func plan(
        _ register: SampleRegister, _ scope: SampleRecordScope, _ programme: SampleProgramme
    ) -> [SampleSlip] {
        guard let first = scope.withSheets.first, let last = scope.withSheets.last else { return [] }
        let between = scope.withSheets[scope.withSheets.count / 2]
        var slips = [
            SampleSlip(
                kind: .sheetsLost, site: first.site, month: programme.lastMonth - lostMonthsAgo, days: lostDays),
            SampleSlip(kind: .notYetSent, site: between.site, month: programme.lastMonth),
        ]
        let mistyped = programme.lastMonth - mistypedMonthsAgo
        let presence = register.sheets.first { presence in
            let (record, attendance) = (presence.record, presence.record.attendance)
            return record.clinic == last.index && programme.firstMonth + record.index == mistyped
                && record.entry == nil && record.exit == nil && (attendance?.doseMg ?? 0) >= mistypedDoseMg
        }
        if let presence {
            slips.append(
                SampleSlip(kind: .doseMistyped, site: last.site, month: mistyped, number: presence.record.number))
        }
        let detained = register.episodes.last { episode in
            episode.exit == .detained && episode.ended.map { $0 < (programme.lastMonth - 2).first } ?? false
        }
        if let detained, let ended = detained.ended {
            slips.append(
                SampleSlip(
                    kind: .exitCorrected, site: programme.clinics[detained.clinic].site, month: ended.month,
                    days: ended.place.day...ended.place.day, number: detained.number))
        }
        return slips
    }
}
