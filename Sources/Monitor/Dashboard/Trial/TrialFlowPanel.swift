import Words

/// Who took part: the flow of clinics and participants (CONSORT's for cluster-randomised trials, Campbell et al. 2012), by arm
/// where the reader knows it.
extension TrialWriter {
    func flowPanel() -> Panel {
        Panel(
            id: TrialPanelName.flow.rawValue, kind: .consort, title: words("trial.flow.title"),
            subtitle: words("trial.flow.subtitle"), sentence: flowSentence, caveat: flowCaveat,
            columns: columns([
                ("label", "trial.column.step"), ("armText", "trial.column.arm"), ("clinics", "trial.column.clinics"),
                ("clientsText", "trial.column.clients"), ("providersText", "trial.column.providers"),
            ]),
            rows: assessedRows + arms.flatMap(flowRows), links: links(.flow))
    }

    private struct Arm {
        let code: String
        let clinics: [TrialClinic]
    }

    /// Both arms, or all clinics together.
    private var arms: [Arm] {
        guard trial.isUnmasked else { return [Arm(code: "all", clinics: read.clinics)] }
        return [true, false].map { isTreated in
            Arm(
                code: isTreated ? "intervention" : "control",
                clinics: read.clinics.filter { $0.isIntervention == isTreated })
        }
    }

    private var assessedRows: [PanelRow] {
        [
            ("assessed", trial.assessedClusters), ("excluded", trial.excludedClusters),
            ("randomised", read.clinics.count),
        ]
        .compactMap { step, clinics in
            clinics.map {
                [
                    "step": .text(step), "label": .text(words("trial.flow.\(step)")), "clinics": .whole($0),
                    "arm": .text(""),
                    "state": .text("value"), "value": .whole($0),
                ]
            }
        }
    }

    private func flowRows(_ arm: Arm) -> [PanelRow] {
        let ids = Set(arm.clinics.map(\.id))
        let own = read.visits.filter { ids.contains($0.site) }
        let received = arm.clinics.count { clinic in read.sessions.contains { $0.site == clinic.id && $0.held > 0 } }
        func row(_ step: String, _ label: String, clinics: Int, _ texts: PanelRow) -> PanelRow {
            texts.merging([
                "step": .text(step), "label": .text(label), "clinics": .whole(clinics), "arm": .text(arm.code),
                "armText": .text(arm.code == "all" ? words("trial.flow.all") : words("choice.\(arm.code)")),
                "state": .text("value"),
            ]) { $1 }
        }
        func visits(_ role: String, _ month: Int) -> TrialVisit? {
            own.filter { $0.role == role && $0.month == month }.reduce(nil as TrialVisit?) { $0?.added(to: $1) ?? $1 }
        }
        let months = Set(own.map(\.month)).sorted()
        var rows = [
            row(
                "enrolled", words("trial.flow.enrolled"), clinics: arm.clinics.count,
                [
                    "clientsText": .text(visits("client", 0).map { words.grouped($0.enrolled) } ?? ""),
                    "providersText": .text(visits("provider", 0).map { words.grouped($0.enrolled) } ?? ""),
                ])
        ]
        let attended = months.map { month in
            row(
                "visit\(month)", words.counted("trial.flow.visit", month),
                clinics: Set(own.filter { $0.month == month && $0.assessed > 0 }.map(\.site)).count,
                [
                    "visit": .whole(month),
                    "clientsText": .text(visits("client", month).map(attendance) ?? ""),
                    "providersText": .text(visits("provider", month).map(attendance) ?? ""),
                ])
        }
        let before = months.first == 0 ? 1 : 0
        rows += attended.prefix(before)
        // Of both arms: a session held in the control arm is what a reader should see.
        if arm.code != "all" { rows.append(row("received", words("trial.flow.received"), clinics: received, [:])) }
        rows += attended.dropFirst(before)
        if let analysed = analysed(arm.clinics) {
            rows.append(row("analysed", analysed.label, clinics: analysed.clinics, analysed.texts))
        }
        return rows
    }

    /// Who counts in the analysis of the primary outcome; nil for a reader without outcomes.
    private func analysed(_ clinics: [TrialClinic]) -> (label: String, clinics: Int, texts: PanelRow)? {
        guard let primary, let visit = primary.planned?.visit, !read.analysed.isEmpty else { return nil }
        let people = clinics.compactMap { read.analysed[$0.id] }
        return (
            words("trial.flow.analysed", ["month": "\(visit)"]), people.count,
            ["visit": .whole(visit), "\(primary.role)sText": .text(words.grouped(people.reduce(0, +)))]
        )
    }

    private var primary: TrialOutcome? { read.outcomes.first(where: \.isPrimary) }

    private var flowCaveat: String {
        let said = primary.flatMap { read.analysed.isEmpty ? nil : name($0) }
        return words("trial.flow.caveat")
            + (said.map { " " + words("trial.flow.caveat.analysed", ["outcome": $0]) } ?? "")
    }

    /// "146 of 176 (10 missed, 4 refused, 16 lost)".
    private func attendance(_ visit: TrialVisit) -> String {
        let unknown = visit.due - visit.assessed - visit.missed - visit.refused - visit.lost
        let parts = [("missed", visit.missed), ("refused", visit.refused), ("lost", visit.lost), ("unknown", unknown)]
            .filter { $0.1 > 0 }.map { words("trial.flow.part.\($0.0)", ["count": words.grouped($0.1)]) }
        let whole = words("trial.of", ["part": words.grouped(visit.assessed), "whole": words.grouped(visit.due)])
        return parts.isEmpty
            ? whole
            : words("trial.flow.parts", ["whole": whole, "parts": parts.joined(separator: words("trial.flow.comma"))])
    }

    private var flowSentence: String {
        let last = read.visits.map(\.month).max() ?? 0
        let clients = read.visits.filter { $0.role == "client" && $0.month == last }
        let (assessed, due) = clients.reduce((0, 0)) { ($0.0 + $1.assessed, $0.1 + $1.due) }
        guard due > 0 else { return words("trial.flow.none") }
        return words(
            "trial.flow.sentence",
            [
                "assessed": words.grouped(assessed), "due": words.grouped(due), "month": "\(last)",
                "share": numbers.number(100 * Double(assessed) / Double(due), digits: 0),
            ])
    }
}
