import Ingest

/// A panel on its own, as an address of its own gives it: with what it is about and what must be said of its data.
struct PanelDocument: Sendable, Encodable {
    let scope: Page.Place
    let notices: [Page.Notice]
    let dataCut: Page.Cut
    let panel: Panel
    /// The month that it is about; its rows tell it, and its address.
    var month: Month?

    private enum CodingKeys: CodingKey {
        case scope, notices, dataCut, panel
    }

    /// The panel's rows; what must be said of the data stands in every row.
    var fileText: String {
        let said = notices.map(\.text).joined(separator: " ")
        let rows = panel.rows.map { row in
            row.merging(["scope": .text(scope.fileName), "panel": .text(panel.id), "notice": .text(said)]) { own, _ in
                own
            }
        }
        return CSVFile.text(keys: ["scope", "panel"] + panel.fileKeys + (said.isEmpty ? [] : ["notice"]), rows: rows)
    }
}

/// A page as one file: every series of it, one row a month.
enum PageFile {
    static func text(_ page: Page) -> String {
        let said = page.notices.map(\.text).joined(separator: " ")
        let series = page.panels.filter { $0.kind == .series }
        let rows = series.flatMap { panel in
            panel.rows.map { row in
                row.merging([
                    "scope": .text(page.scope.fileName), "indicator": .text(panel.id), "notice": .text(said),
                ]) { own, _ in own }
            }
        }
        let fullest = series.first { $0.chart == "memory" } ?? series.first
        let keys = ["scope", "indicator"] + (fullest?.fileKeys ?? []) + (said.isEmpty ? [] : ["notice"])
        return CSVFile.text(keys: keys, rows: rows)
    }
}

extension DefinitionCards {
    var fileText: String {
        CSVFile.text(
            keys: ["indicator", "name", "plain", "formula", "unit", "caveat", "not", "source", "version"],
            rows: cards.map { card in
                [
                    "indicator": .text(card.id), "name": .text(card.name), "plain": .text(card.plain),
                    "formula": .text(card.formula), "unit": .text(card.unit), "caveat": .text(card.caveat),
                    "not": .text(card.not), "source": .text(card.source), "version": .text(card.version),
                ]
            })
    }
}

extension Page.Place {
    /// What a file calls it: its code, the same in every language.
    var fileName: String { code.isEmpty ? kind : code }
}

extension ReceiptPages.List {
    var fileText: String {
        let said = notices.map(\.text).joined(separator: " ")
        let rows = rows.map { $0.merging(["notice": .text(said)]) { own, _ in own } }
        let keys = [
            "receipt", "file", "receivedText", "outcome", "received", "inserted", "changed", "unchanged", "rejected",
            "flagged",
        ]
        return CSVFile.text(keys: keys + (said.isEmpty ? [] : ["notice"]), rows: rows)
    }
}

extension ReceiptPages.Single {
    var fileText: String {
        let said = notices.map(\.text).joined(separator: " ")
        let rows = (panels.first?.rows ?? []).map { $0.merging(["notice": .text(said)]) { own, _ in own } }
        return CSVFile.text(keys: ReceiptPages.defectKeys + (said.isEmpty ? [] : ["notice"]), rows: rows)
    }
}

extension QualityPage {
    var fileText: String {
        let said = notices.map(\.text).joined(separator: " ")
        let rows = (panels.first?.rows ?? []).map { $0.merging(["notice": .text(said)]) { own, _ in own } }
        let keys = (panels.first?.columns ?? []).map(\.key)
        return CSVFile.text(keys: keys + (said.isEmpty ? [] : ["notice"]), rows: rows)
    }
}
