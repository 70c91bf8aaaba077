import Words

/// A receipt of the database as text, with every refused row.
struct StoredReceiptText {
    let receipt: ReceiptPages.Single
    let words: Words

    var text: String {
        var lines = [receipt.title, receipt.sentence]
        for fact in receipt.facts { lines.append("  " + words.said(fact.label, fact.text)) }
        for row in receipt.panels.first?.rows ?? [] {
            let line = words("receipt.line", ["line": row["line"]?.plainText ?? ""])
            let column = row["columnText"]?.plainText
            let place = words.place([line, column?.isEmpty == false ? column : nil])
            lines.append("    " + words.said(place, row["sentence"]?.plainText ?? ""))
            lines.append("      → \(row["remedy"]?.plainText ?? "")")
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
