import Ingest
import Words

extension StudyList {
    init(_ rollouts: [Rollout], _ cut: DataCut, _ words: Words) {
        self.init(
            "rollout", columns: ["rolloutText", "clinics", "never", "dates", "indicatorText"],
            rows: rollouts.map { rollout in
                [
                    "rollout": .text(rollout.code), "rolloutText": .text(rollout.name.text(in: words.language)),
                    "url": .text(rollout.url), "clinics": .whole(rollout.planned),
                    "never": .whole(rollout.clinics - rollout.planned),
                    "dates": .text(Self.dates(rollout.firstStart, rollout.lastStart)),
                    "indicatorText": .text(
                        rollout.indicator.map { words("indicator.\($0).name") } ?? words("rollout.none")),
                ]
            }, cut, words)
    }
}

extension Dashboard {
    /// Nothing of a day in the past: what was planned then is not kept apart.
    func rollouts(_ words: Words) async throws -> StudyList {
        let counts = counts
        let isPast = reader.past != nil
        return try await reader.read { connection in
            StudyList(
                isPast ? [] : try counts.rollouts(nil, connection), try counts.dataCut(.programme, connection), words)
        }
    }
}
