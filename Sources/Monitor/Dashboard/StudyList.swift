import Ingest
import Words

/// The studies of a kind, trials or roll-outs, that the reader has a clinic of.
struct StudyList: Sendable, Encodable {
    let title: String
    let sentence: String
    let dataCut: Page.Cut
    let notices: [Page.Notice]
    let panels: [Panel]
    /// trial or rollout.
    private let kind: String

    private enum CodingKeys: CodingKey { case title, sentence, dataCut, notices, panels }

    /// - Parameters:
    ///   - kind: The key of a study's code, and of the list's words.
    ///   - columns: Keys of the rows; those of texts end in Text.
    init(_ kind: String, columns: [String], rows: [PanelRow], _ cut: DataCut, _ words: Words) {
        self.kind = kind
        title = words("\(kind)s.title")
        sentence = words(rows.isEmpty ? "\(kind)s.none" : "\(kind)s.sentence")
        (dataCut, notices) = (cut.cut(words), cut.notices(words))
        panels = [
            Panel(
                id: "\(kind)s", kind: .table, title: title, sentence: sentence,
                columns: columns.map { key in
                    let name = key.hasSuffix("Text") ? String(key.dropLast(4)) : key
                    return Panel.Column(key: key, label: words("\(kind)s.column.\(name)"))
                }, rows: rows)
        ]
    }

    var fileText: String {
        let said = notices.map(\.text).joined(separator: " ")
        let rows = panels[0].rows.map { $0.merging(["notice": .text(said)]) { own, _ in own } }
        return CSVFile.text(
            keys: [kind] + panels[0].columns.map(\.key) + (said.isEmpty ? [] : ["notice"]), rows: rows)
    }

    /// "2024-01-01 – 2025-12-31"; nothing in the place of what is not known.
    static func dates(_ first: Day?, _ last: Day?) -> String {
        [first, last].map { $0.map(\.description) ?? "" }.joined(separator: " – ")
    }
}
