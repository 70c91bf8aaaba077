import Ingest
import Words

/// What files may hold: each kind of report with its columns, and the catalogue of faults.
struct FormatCards: Sendable, Encodable {
    struct Kind: Sendable, Encodable {
        let id, name, about: String
        let columns: [Panel.Column]
        let rows: [PanelRow]
    }

    struct Faults: Sendable, Encodable {
        let title, sentence: String
        let columns: [Panel.Column]
        let rows: [PanelRow]
    }

    let title, sentence: String
    let kinds: [Kind]
    let faults: Faults

    init(_ words: Words) {
        title = words("formats.title")
        sentence = words("formats.sentence")
        kinds = ReportKind.all.map { kind in
            Kind(
                id: kind.name, name: words("kind.\(kind.name)"), about: words("kind.\(kind.name).about"),
                columns: Template.guide.map { Panel.Column(key: $0, label: words("guide.\($0)")) },
                rows: Template(kind, words).guide.map { cells in
                    PanelRow(uniqueKeysWithValues: zip(Template.guide, cells.map(Datum.text)))
                })
        }
        faults = Faults(
            title: words("catalogue.title"), sentence: words("catalogue.sentence"),
            columns: FaultCatalogue.columns.map { Panel.Column(key: $0, label: words("catalogue.\($0)")) },
            rows: FaultCatalogue(words: words).entries.map(\.row))
    }

    var fileText: String { CSVFile.text(keys: FaultCatalogue.columns, rows: faults.rows) }
}
