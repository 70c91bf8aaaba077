import Ingest
import Words

/// The roll-outs that the reader has a clinic of.
struct RolloutList: Sendable, Encodable {
    let title: String
    let sentence: String
    let dataCut: Page.Cut
    let notices: [Page.Notice]
    let panels: [Panel]

    init(_ rollouts: [Rollout], _ cut: DataCut, _ words: Words) {
        title = words("rollouts.title")
        sentence = words(rollouts.isEmpty ? "rollouts.none" : "rollouts.sentence")
        (dataCut, notices) = (cut.cut(words), cut.notices(words))
        let columns = ["rollout", "clinics", "never", "dates", "indicator"].map {
            Panel.Column(
                key: $0 == "rollout" || $0 == "indicator" ? "\($0)Text" : $0, label: words("rollouts.column.\($0)"))
        }
        panels = [
            Panel(
                id: "rollouts", kind: .table, title: title, sentence: sentence, columns: columns,
                rows: rollouts.map { rollout in
                    [
                        "rollout": .text(rollout.code), "rolloutText": .text(rollout.name.text(in: words.language)),
                        "url": .text(rollout.url),
                        "clinics": .whole(rollout.planned), "never": .whole(rollout.clinics - rollout.planned),
                        "dates": .text(
                            [rollout.firstStart, rollout.lastStart].map { $0.map(\.description) ?? "" }
                                .joined(separator: " – ")),
                        "indicatorText": .text(
                            rollout.indicator.map { words("indicator.\($0).name") } ?? words("rollout.none")),
                    ]
                })
        ]
    }

    var fileText: String {
        let said = notices.map(\.text).joined(separator: " ")
        let rows = panels[0].rows.map { $0.merging(["notice": .text(said)]) { own, _ in own } }
        return CSVFile.text(
            keys: ["rollout"] + panels[0].columns.map(\.key) + (said.isEmpty ? [] : ["notice"]), rows: rows)
    }
}

extension Dashboard {
    /// Nothing of a day in the past: what was planned then is not kept apart.
    func rollouts(_ words: Words) async throws -> RolloutList {
        let counts = counts
        let isPast = reader.past != nil
        return try await reader.read { connection in
            RolloutList(
                isPast ? [] : try counts.rollouts(nil, connection), try counts.dataCut(.programme, connection), words)
        }
    }
}
