import Ingest
import Words

extension StudyList {
    init(_ trials: [Trial], _ cut: DataCut, _ words: Words) {
        self.init(
            "trial", columns: ["trialText", "designText", "clinics", "dates", "armsText"],
            rows: trials.map { trial in
                [
                    "trial": .text(trial.code), "trialText": .text(trial.name.text(in: words.language)),
                    "url": .text(trial.url), "designText": .text(words("choice.\(trial.design)")),
                    "clinics": .whole(trial.clusters), "dates": .text(Self.dates(trial.starts, trial.ends)),
                    "armsText": .text(words(trial.isUnmasked ? "trials.shown" : "trials.hidden")),
                ]
            }, cut, words)
    }
}

extension Dashboard {
    func trials(_ words: Words) async throws -> StudyList {
        let counts = counts
        return try await reader.read { connection in
            StudyList(try counts.trials(nil, connection), try counts.dataCut(.programme, connection), words)
        }
    }

    func knowsTrial(_ code: String) async throws -> Bool {
        let counts = counts
        return try await reader.read { try !counts.trials(code, $0).isEmpty }
    }
}
