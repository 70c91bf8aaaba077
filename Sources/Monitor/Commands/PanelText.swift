/// A panel for a terminal: its title, its sentence and its table.
struct PanelText {
    let document: PanelDocument

    var text: String {
        let panel = document.panel
        let header = document.notices.map { "\($0.text)" } + ["\(document.scope.name): \(panel.title)"]
        return (header + [panel.subtitle, panel.sentence, ""].filter { $0 != panel.subtitle || !$0.isEmpty } + table)
            .joined(separator: "\n")
    }

    private var table: [String] {
        let panel = document.panel
        let rows =
            [panel.columns.map(\.label)]
            + panel.rows.map { row in
                panel.columns.map { (row[$0.key] ?? .missing).plainText }
            }
        let widths = panel.columns.indices.map { column in rows.map { Self.width($0[column]) }.max() ?? 0 }
        return rows.map { row in
            zip(row, widths).map { cell, width in
                cell + String(repeating: " ", count: width - Self.width(cell))
            }.joined(separator: "  ").trimmingTrailingSpaces
        }
    }

    /// Columns that a text takes on a terminal: Chinese characters take two.
    private static func width(_ text: String) -> Int {
        text.unicodeScalars.reduce(0) { $0 + ((0x1100...0xFFDC).contains($1.value) && $1.value > 0x2E7F ? 2 : 1) }
    }
}

extension String {
    fileprivate var trimmingTrailingSpaces: String {
        var text = self[...]
        while text.last == " " { text = text.dropLast() }
        return String(text)
    }
}
