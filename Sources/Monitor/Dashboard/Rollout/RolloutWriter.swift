import Ingest
import Metrics
import Words

/// Writes a roll-out's page from what was read: figures by the estimators, words by the catalogue.
struct RolloutWriter {
    let read: RolloutReading
    let words: Words
    let study: Result<RolloutStudy, PanelFailure>
    let forest: SiteForest

    static let fileKeys = [
        "label", "site", "month", "time", "method", "measure", "state", "value", "low", "high", "shrunken",
        "shrunkenLow", "shrunkenHigh", "fitted", "continued", "p", "degrees", "clinics", "text", "noteText",
    ]

    init(read: RolloutReading, words: Words) {
        (self.read, self.words) = (read, words)
        study = Result { () throws(PanelFailure) in
            guard let record = read.record else { throw .impossiblePanel }
            return try RolloutStudy(record)
        }
        forest = read.forest
    }

    var numbers: NumberText { NumberText(words: words) }
    var ratios: RatioText { RatioText(words: words) }
    var rollout: Rollout { read.rollout }
    var definition: Definition { read.definition }
    var language: Language { words.language }
    var indicatorName: String { definition.name(words) }

    func page() -> RolloutPage {
        RolloutPage(
            title: words("rollout.title"), scope: place, dataCut: read.cut.cut(words), notices: read.cut.notices(words),
            sentence: sentence, standing: read.standing.rawValue, standingText: standingText,
            indicators: read.definitions.map {
                .init(code: $0.indicator, name: $0.name(words), shown: $0 == definition)
            },
            clinics: read.clinics.enumerated().map {
                .init(code: $1.code, name: $1.name.text(in: language), shown: $0 == read.chosen)
            },
            panels: RolloutPanelName.allCases.compactMap(panel))
    }

    /// Nil where there is nothing of it to be shown.
    func panel(_ name: RolloutPanelName) -> Panel? {
        switch name {
        case .course: coursePanel()
        case .effect: effectPanel()
        case .cohorts: cohortsPanel()
        case .sites: sitesPanel()
        case .unestimated: unestimatedPanel()
        case .series: seriesPanel()
        case .design: designPanel()
        }
    }

    var place: Page.Place {
        Page.Place(
            kind: "rollout", code: rollout.code, name: rollout.name.text(in: language), url: rollout.url,
            parents: [.init(name: words("trials.title"), url: "/trials")])
    }

    /// What must be said beside each figure.
    var notices: [Page.Notice] {
        read.cut.notices(words) + [Page.Notice(code: read.standing.rawValue, text: standingText)]
    }

    private var sentence: String {
        let never = rollout.clinics - rollout.planned
        let begun = words(
            "rollout.sentence",
            [
                "clinics": words.grouped(rollout.planned), "first": rollout.firstStart.map { month($0.month) } ?? "",
                "last": rollout.lastStart.map { month($0.month) } ?? "",
            ])
        return rollout.planned == 0
            ? words("rollout.sentence.none") : begun + " " + words.counted("rollout.sentence.never", never)
    }

    private var standingText: String {
        words(
            "rollout.standing.\(read.standing.rawValue)",
            [
                "indicator": indicatorName, "day": rollout.namedOn?.description ?? "",
                "first": rollout.firstStart?.description ?? "",
                "named": read.definitions.first { $0.indicator == rollout.indicator }?.name(words)
                    ?? words("rollout.none"),
            ])
    }

    func month(_ month: Month) -> String { numbers.month(month) }

    func links(_ name: RolloutPanelName) -> Panel.Files {
        let address = "\(rollout.apiURL)/\(name.rawValue)"
        var query = "?indicator=\(definition.indicator)"
        if name == .series { query += "&site=\(read.clinics[read.chosen].code)" }
        return Panel.Files(csv: "\(address).csv\(query)", json: "\(address)\(query)")
    }

    func columns(_ keys: [(String, String)]) -> [Panel.Column] {
        keys.map { Panel.Column(key: $0.0, label: words($0.1)) }
    }

    var ratioAxis: Panel.Axis {
        Panel.Axis(
            title: words("rollout.axis", ["indicator": indicatorName]), zero: false, percent: false)
    }

    /// An effect as items of a row: a ratio with its interval.
    func items(_ effect: RolloutEffect) -> PanelRow {
        guard let ratio = effect.ratio else { return reason("rollout.beyond") }
        let limits = effect.ratioInterval()
        return [
            "state": .text(Cell.State.value.rawValue), "measure": .text("rate_ratio"), "value": .number(ratio),
            "low": Datum(limits?.lower), "high": Datum(limits?.upper), "text": .text(ratios.text(effect)),
            "p": Datum(effect.p), "pText": .text(ratios.probability(effect)), "degrees": Datum(effect.degrees),
            "degreesText": .text(ratios.degrees(effect)),
        ]
    }

    func reason(_ key: String) -> PanelRow {
        ["state": .text(Cell.State.unavailable.rawValue), "text": .text(words(key))]
    }
}
