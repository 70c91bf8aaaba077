/// Rows as a CSV file that spreadsheets open rightly: marked as UTF-8, and no text that could run as a formula.
enum CSVFile {
    private static let mark = "\u{FEFF}"
    private static let formulaStarts: Set<Character> = ["=", "+", "-", "@", "\t", "\r"]

    static func text(keys: [String], rows: [PanelRow]) -> String {
        let header = keys.map { quoted($0) }.joined(separator: ",")
        let lines = rows.map { row in
            keys.map { key in cell(row[key] ?? .missing) }.joined(separator: ",")
        }
        return mark + ([header] + lines).joined(separator: "\r\n") + "\r\n"
    }

    private static func cell(_ datum: Datum) -> String {
        guard case .text(let text) = datum else { return datum.plainText }
        let isFormula = text.first.map(formulaStarts.contains) ?? false
        return quoted(isFormula ? "'" + text : text)
    }

    private static func quoted(_ text: String) -> String {
        guard text.contains(where: { [",", "\"", "\n", "\r", "\r\n"].contains($0) }) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}
