import Ingest
import Words

/// The page of a roll-out: by time since the start, overall, clinic by clinic, one clinic's months, and what the design can
/// support.
struct RolloutPage: Sendable, Encodable {
    struct Choice: Sendable, Encodable {
        let code, name: String
        let shown: Bool
    }

    let title: String
    let scope: Page.Place
    let dataCut: Page.Cut
    let notices: [Page.Notice]
    let sentence: String
    /// fixed, late, named or exploratory, and what that means.
    let standing, standingText: String
    let indicators, clinics: [Choice]
    private(set) var panels: [Panel]

    /// As a browser is sent it.
    var drawn: RolloutPage {
        var page = self
        page.panels = panels.map(\.drawn)
        return page
    }

    /// All figures of the page as one file.
    var fileText: String {
        let said = (notices.map(\.text) + [standingText]).joined(separator: " ")
        let rows = panels.flatMap { panel in
            panel.rows.map { row in
                row.merging([
                    "scope": .text(scope.code), "panel": .text(panel.id), "notice": .text(said),
                ]) { own, _ in own }
            }
        }
        return CSVFile.text(keys: ["scope", "panel"] + RolloutWriter.fileKeys + ["notice"], rows: rows)
    }
}

/// Panels of a roll-out, in the order of its page.
enum RolloutPanelName: String, Sendable, CaseIterable {
    case course, effect, cohorts, sites, unestimated, series, design
}

extension Dashboard {
    /// Nil where there is no such roll-out, or the reader has no clinic of it.
    func rollout(_ code: String, _ wanted: RolloutReading.Wanted, _ words: Words) async throws -> RolloutPage? {
        try await rolloutReading(code, wanted).map { RolloutWriter(read: $0, words: words).page() }
    }

    func rolloutPanel(
        _ code: String, _ name: RolloutPanelName, _ wanted: RolloutReading.Wanted, _ words: Words
    ) async throws -> PanelDocument? {
        guard let read = try await rolloutReading(code, wanted) else { return nil }
        let writer = RolloutWriter(read: read, words: words)
        return writer.panel(name).map {
            PanelDocument(
                scope: writer.place, notices: writer.notices, dataCut: read.cut.cut(words), panel: $0)
        }
    }

    private func rolloutReading(_ code: String, _ wanted: RolloutReading.Wanted) async throws -> RolloutReading? {
        guard reader.past == nil else { return nil }
        let (counts, disclosure) = (counts, disclosure)
        return try await reader.read { try RolloutReading(code, wanted, counts, disclosure, $0) }
    }
}
