/// Rows as a CSV file that spreadsheets open rightly: marked as UTF-8, and no text that could run as a formula.
enum CSVFile {
    private static let mark = "\u{FEFF}"
    // Compared by scalars: to a `Character` a quote with an accent is no quote, and CR LF is one letter.
    private static let formulaStarts: Set<Unicode.Scalar> = ["=", "+", "-", "@", "\t", "\r"]
    private static let quotedScalars: Set<Unicode.Scalar> = [",", "\"", "\n", "\r"]

    static func text(keys: [String], rows: [PanelRow]) -> String {
        let header = keys.map { quoted($0) }.joined(separator: ",")
        let lines = rows.map { row in
            keys.map { key in cell(row[key] ?? .missing) }.joined(separator: ",")
        }
        return mark + ([header] + lines).joined(separator: "\r\n") + "\r\n"
    }

    private static func cell(_ datum: Datum) -> String {
        guard case .text(let text) = datum else { return datum.plainText }
        let isFormula = text.unicodeScalars.first.map(formulaStarts.contains) ?? false
        return quoted(isFormula ? "'" + text : text)
    }

    private static func quoted(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: quotedScalars.contains) else { return text }
        let doubled = text.unicodeScalars.flatMap { $0 == "\"" ? [$0, $0] : [$0] }
        return "\"" + String(String.UnicodeScalarView(doubled)) + "\""
    }
}
