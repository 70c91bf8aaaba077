import Ingest
import Words

/// What client records tell of a place: the part of its page that is fetched when it comes into view.
struct RecordsPage: Sendable, Encodable {
    struct Rule: Sendable, Encodable {
        let code, name: String
        let shown: Bool
    }

    let scope: Page.Place
    let month: String
    let dataCut: Page.Cut
    let notices: [Page.Notice]
    /// The rules under which the records can be read.
    let rules: [Rule]
    private(set) var panels: [Panel]

    /// As a browser is sent it.
    var drawn: RecordsPage {
        var page = self
        page.panels = panels.map(\.drawn)
        return page
    }

    /// All panels as one file: a figure a row.
    var fileText: String {
        let said = notices.map(\.text).joined(separator: " ")
        let rows = panels.flatMap { panel in
            panel.rows.flatMap(Self.figures).map { row in
                row.merging([
                    "scope": .text(scope.fileName), "panel": .text(panel.id), "notice": .text(said),
                ]) { own, _ in own }
            }
        }
        return CSVFile.text(keys: Self.fileKeys + (said.isEmpty ? [] : ["notice"]), rows: rows)
    }

    private static let fileKeys = [
        "scope", "panel", "rule", "measure", "series", "time", "month", "reason", "instrument", "visit", "label",
        "state", "value", "low", "high",
    ]

    /// A row of one figure, or of several with names of their own.
    private static func figures(_ row: PanelRow) -> [PanelRow] {
        if row["state"] != nil { return [row.merging(["value": row["value"] ?? row["share"] ?? .missing]) { $1 }] }
        return FollowUpWriter.ruleMeasures.map { name in
            [
                "rule": row["rule"] ?? .missing, "measure": .text(name), "state": row["\(name)_state"] ?? .missing,
                "value": row[name] ?? .missing, "low": row["\(name)_low"] ?? .missing,
                "high": row["\(name)_high"] ?? .missing,
            ]
        }
    }
}

extension FollowUpWriter {
    init(_ read: FollowUp, _ disclosure: Disclosure, _ words: Words) {
        self.init(
            counts: read.counts, programme: read.programme, scope: read.scope, month: read.month,
            disclosure: disclosure, words: words)
    }
}

extension Dashboard {
    /// What client records tell of a place; nil where it is not known, or not the reader's, or there are none of it.
    /// - Parameter rule: what ends a stay, as in the table stay_rule; nil: as the definition says.
    func records(_ place: Scope.Place, month: Month?, rule: String?, _ words: Words) async throws -> RecordsPage? {
        guard let read = try await followUp(place, month, rule: rule) else { return nil }
        let writer = FollowUpWriter(read, disclosure, words)
        return RecordsPage(
            scope: read.scope.place(words), month: "\(read.month)", dataCut: read.cut.cut(words),
            notices: read.cut.notices(words), rules: writer.choices, panels: writer.panels())
    }

    /// One panel of it.
    func record(
        _ name: PanelName, _ place: Scope.Place, month: Month?, rule: String?, _ words: Words
    ) async throws -> PanelDocument? {
        guard let read = try await followUp(place, month, rule: rule) else { return nil }
        return FollowUpWriter(read, disclosure, words).panel(name).map {
            PanelDocument(
                scope: read.scope.place(words), notices: read.cut.notices(words), dataCut: read.cut.cut(words),
                panel: $0, month: read.month)
        }
    }

    /// What was known of persons in the past is not kept: only today's knowledge of them is shown.
    private func followUp(_ place: Scope.Place, _ month: Month?, rule: String?) async throws -> FollowUp? {
        guard reader.past == nil else { return nil }
        let counts = counts
        return try await reader.read { try FollowUp(place, month, rule: rule, counts, $0) }
    }
}
