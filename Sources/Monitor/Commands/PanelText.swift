/// A panel for a terminal: its title, its sentence and its table.
struct PanelText {
    let document: PanelDocument

    var text: String {
        let panel = document.panel
        let header = document.notices.map { "\($0.text)" } + ["\(document.scope.name): \(panel.title)"]
        let said = [panel.subtitle, panel.sentence, panel.trend?.text ?? ""].filter { !$0.isEmpty }
        return (header + said + [""] + table).joined(separator: "\n")
    }

    private var table: [String] {
        let columns = document.panel.columns
        return TextTable.lines(
            [columns.map(\.label)]
                + document.panel.rows.map { row in columns.map { (row[$0.key] ?? .missing).plainText } })
    }
}
