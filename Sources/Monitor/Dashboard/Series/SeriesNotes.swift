import Ingest
import Words

/// What must be known beside the figures of a place: what was registered, and which months may still change.
struct SeriesNotes: Sendable {
    /// Those that concern the place, in order of time.
    let events: [RegisteredEvent]
    let provisional: [Month: Settling.Reason]

    var provisionalMonths: Set<Month> { Set(provisional.keys) }
}

/// The notes in words.
struct SeriesNotesWriter {
    let notes: SeriesNotes
    let words: Words

    private var numbers: NumberText { NumberText(words: words) }

    /// Flags for the charts whose months are these.
    func flags(_ months: [Month]) -> [Panel.Event] {
        notes.events.filter { months.contains($0.month) }.map { event in
            Panel.Event(
                month: "\(event.month)", monthText: numbers.shortMonth(event.month), code: event.code,
                kind: event.kind.rawValue, label: label(event), text: text(event), rebases: event.rebases)
        }
    }

    /// "Training", "Clinic moved · new usual level".
    func label(_ event: RegisteredEvent) -> String {
        if event.rebases, event.kind == .other { return words("event.rebases.flag") }
        return words("event.\(event.kind.rawValue)") + (event.rebases ? words("event.rebases.short") : "")
    }

    /// The event with its days and its reason, as the register has it.
    private func text(_ event: RegisteredEvent) -> String {
        let values = [
            "kind": words("event.\(event.kind.rawValue)"), "reason": event.reason, "from": event.firstDay,
            "to": event.lastDay ?? "", "place": words("event.of.\(event.extent)"),
        ]
        return words(event.lastDay == nil ? "event.text" : "event.text.days", values)
            + (event.rebases ? words("event.rebases") : "")
    }

    /// The last column of the table.
    func ofMonth(_ month: Month) -> String {
        let events = notes.events.filter { $0.month == month }.map(label)
        let provisional = notes.provisional[month] == nil ? [] : [words("series.provisional.short")]
        return words.list(events + provisional)
    }

    /// Which events the chart has flags for; empty without any.
    func sentence(_ months: [Month]) -> String {
        let flags = flags(months)
        guard !flags.isEmpty else { return "" }
        let named = flags.map { words("series.events.one", ["label": $0.label, "month": $0.monthText]) }
        return words("series.sentence.events", ["events": words.list(named)])
    }

    /// Why the month may still change; empty where it is settled.
    func provisional(_ month: Month) -> String {
        switch notes.provisional[month] {
        case nil: ""
        case .history(let later, let reports, let isOwn):
            words(
                isOwn ? "series.provisional.own" : "series.provisional.all",
                ["later": "\(later)", "reports": "\(reports)"])
        case .outstanding(let missing, let expected, let share):
            words(
                "series.provisional.outstanding",
                [
                    "missing": "\(missing)", "expected": "\(expected)",
                    "share": numbers.number(100 * share, digits: 0),
                ])
        }
    }
}

extension RegisteredEvent {
    /// Whose it is: site, region or programme.
    var extent: String { siteID != nil ? "site" : regionCodes.isEmpty ? "programme" : "region" }
}
