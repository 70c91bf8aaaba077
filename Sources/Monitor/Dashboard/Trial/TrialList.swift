import Ingest
import Words

/// The trials that the reader has a clinic of.
struct TrialList: Sendable, Encodable {
    let title: String
    let sentence: String
    let dataCut: Page.Cut
    let notices: [Page.Notice]
    let panels: [Panel]

    init(_ trials: [Trial], _ cut: DataCut, _ words: Words) {
        title = words("trials.title")
        sentence = words(trials.isEmpty ? "trials.none" : "trials.sentence")
        (dataCut, notices) = (cut.cut(words), cut.notices(words))
        let columns = ["trial", "design", "clinics", "dates", "arms"].map {
            Panel.Column(
                key: $0 == "clinics" || $0 == "dates" ? $0 : "\($0)Text", label: words("trials.column.\($0)"))
        }
        panels = [
            Panel(
                id: "trials", kind: .table, title: title, sentence: sentence, columns: columns,
                rows: trials.map { trial in
                    [
                        "trial": .text(trial.code), "trialText": .text(trial.name.text(in: words.language)),
                        "url": .text(trial.url),
                        "designText": .text(words("choice.\(trial.design)")), "clinics": .whole(trial.clusters),
                        "dates": .text(
                            [trial.starts, trial.ends].map { $0.map(\.description) ?? "" }.joined(separator: " – ")),
                        "armsText": .text(words(trial.isUnmasked ? "trials.shown" : "trials.hidden")),
                    ]
                })
        ]
    }

    var fileText: String {
        let said = notices.map(\.text).joined(separator: " ")
        let rows = panels[0].rows.map { $0.merging(["notice": .text(said)]) { own, _ in own } }
        return CSVFile.text(
            keys: ["trial"] + panels[0].columns.map(\.key) + (said.isEmpty ? [] : ["notice"]), rows: rows)
    }
}

extension Dashboard {
    func trials(_ words: Words) async throws -> TrialList {
        let counts = counts
        return try await reader.read { connection in
            TrialList(try counts.trials(nil, connection), try counts.dataCut(.programme, connection), words)
        }
    }

    func knowsTrial(_ code: String) async throws -> Bool {
        let counts = counts
        return try await reader.read { try !counts.trials(code, $0).isEmpty }
    }
}
