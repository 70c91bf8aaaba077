import Ingest
import Metrics
import Words

/// The page of a trial: what it can tell, whether the intervention worked by the planned method and by others, how much of it
/// arrived, who took part.
struct TrialPage: Sendable, Encodable {
    struct Choice: Sendable, Encodable {
        let code, name: String
        let shown: Bool
        /// primary, secondary or exploratory.
        let rank: String
    }
    /// How far the arms are known to the reader.
    struct Masking: Sendable, Encodable {
        let isMasked: Bool
        let mayUnmask: Bool
        let text: String
        let looksText: String
    }

    let title: String
    let scope: Page.Place
    let dataCut: Page.Cut
    let notices: [Page.Notice]
    let sentence: String
    let masking: Masking
    let outcomes: [Choice]
    private(set) var panels: [Panel]

    /// As a browser is sent it.
    var drawn: TrialPage {
        var page = self
        page.panels = panels.map(\.drawn)
        return page
    }

    /// All figures of the page as one file.
    var fileText: String {
        let said = notices.map(\.text).joined(separator: " ")
        let rows = panels.flatMap { panel in
            panel.rows.map { row in
                row.merging([
                    "scope": .text(scope.code), "panel": .text(panel.id), "notice": .text(said),
                ]) { own, _ in own }
            }
        }
        return CSVFile.text(
            keys: ["scope", "panel"] + TrialWriter.fileKeys + (said.isEmpty ? [] : ["notice"]), rows: rows)
    }
}

/// Panels of a trial, in the order of its page.
enum TrialPanelName: String, Sendable, CaseIterable {
    case capacity, effect, course, sensitivity, outcomes, clinics, delivery, flow, plan
}

/// Writes a trial's page from what was read.
struct TrialWriter {
    let read: TrialReading
    let words: Words

    static let fileKeys = [
        "label", "site", "arm", "role", "visit", "method", "rule", "measure", "state", "value", "low", "high", "p",
        "degrees", "clinics", "participants", "dropouts", "iterations", "remaining", "text", "searchText", "noteText",
    ]

    var numbers: NumberText { NumberText(words: words) }
    var trial: Trial { read.trial }
    var outcome: TrialOutcome { read.outcome }
    var effects: EffectText { effects(of: outcome) }
    var language: Language { words.language }

    func effects(of outcome: TrialOutcome) -> EffectText {
        EffectText(
            words, isBinary: outcome.scale == .binary,
            unit: outcome.planned?.unit.text(in: language) ?? words("trial.unit.score"))
    }

    func page() -> TrialPage {
        TrialPage(
            title: words("trial.title"), scope: place, dataCut: read.cut.cut(words), notices: read.cut.notices(words),
            sentence: sentence, masking: masking, outcomes: choices,
            panels: TrialPanelName.allCases.compactMap(panel))
    }

    /// Nil where there is nothing of it to be shown to this reader.
    func panel(_ name: TrialPanelName) -> Panel? {
        switch name {
        case .capacity: capacityPanel()
        case .effect: effectPanel()
        case .course: coursePanel()
        case .sensitivity: sensitivityPanel()
        case .outcomes: outcomesPanel()
        case .clinics: clinicsPanel()
        case .delivery: deliveryPanel()
        case .flow: flowPanel()
        case .plan: planPanel()
        }
    }

    var place: Page.Place {
        Page.Place(
            kind: "trial", code: trial.code, name: trial.name.text(in: language), url: trial.url,
            parents: [.init(name: words("trials.title"), url: "/trials")])
    }

    private var masking: TrialPage.Masking {
        TrialPage.Masking(
            isMasked: !trial.isUnmasked, mayUnmask: trial.mayUnmask,
            text: words(
                trial.isUnmasked ? "trial.unmasked" : trial.mayUnmask ? "trial.masked.may" : "trial.masked",
                ["trial": trial.code, "until": trial.unmaskedUntil ?? ""]),
            looksText: words.counted("trial.looks", trial.looks))
    }

    private var choices: [TrialPage.Choice] {
        read.outcomes.map { each in
            TrialPage.Choice(
                code: each.key, name: name(each), shown: each == outcome, rank: rank(each))
        }
    }

    /// primary, secondary or exploratory: what was not planned before anybody looked is explored.
    func rank(_ outcome: TrialOutcome) -> String {
        guard outcome.isConfirmatory else { return "exploratory" }
        return outcome.isPrimary ? "primary" : "secondary"
    }

    /// As the plan has it; what is in no plan has at most the instrument's name.
    func name(_ outcome: TrialOutcome) -> String {
        if let planned = outcome.planned { return planned.name.text(in: language) }
        let key = "instrument.\(outcome.code)"
        let name = words.has(key) ? words(key) : outcome.code
        return name.prefix(1).uppercased() + name.dropFirst()
    }

    /// What was planned, and how many take part.
    private var sentence: String {
        let people = { (role: String) in
            Dictionary(grouping: read.visits.filter { $0.role == role }, by: \.site).values.reduce(0) {
                $0 + ($1.map(\.enrolled).max() ?? 0)
            }
        }
        let pairs = Set(read.clinics.compactMap(\.pair)).count
        return words(
            pairs > 1 ? "trial.sentence.paired" : "trial.sentence",
            [
                "clinics": words.grouped(trial.clusters), "pairs": words.grouped(pairs),
                "clients": words.grouped(people("client")), "providers": words.grouped(people("provider")),
                "starts": trial.starts?.description ?? "", "ends": trial.ends?.description ?? "",
            ])
    }

    func links(_ name: TrialPanelName) -> Panel.Files {
        let address = "\(trial.apiURL)/\(name.rawValue)"
        return Panel.Files(csv: "\(address).csv?outcome=\(outcome.key)", json: "\(address)?outcome=\(outcome.key)")
    }

    func columns(_ keys: [(String, String)]) -> [Panel.Column] {
        keys.map { Panel.Column(key: $0.0, label: words($0.1)) }
    }
}

extension Dashboard {
    /// Nil where there is no such trial, or the reader has no clinic of it.
    func trial(_ code: String, outcome: String?, _ words: Words) async throws -> TrialPage? {
        try await trialReading(code, outcome).map { TrialWriter(read: $0, words: words).page() }
    }

    func trialPanel(
        _ code: String, _ name: TrialPanelName, outcome: String?, _ words: Words
    ) async throws -> PanelDocument? {
        guard let read = try await trialReading(code, outcome) else { return nil }
        let writer = TrialWriter(read: read, words: words)
        return writer.panel(name).map {
            PanelDocument(
                scope: writer.place, notices: read.cut.notices(words), dataCut: read.cut.cut(words), panel: $0)
        }
    }

    private func trialReading(_ code: String, _ outcome: String?) async throws -> TrialReading? {
        guard reader.past == nil else { return nil }
        let counts = counts
        return try await reader.read { try TrialReading(code, outcome: outcome, counts, $0) }
    }
}
