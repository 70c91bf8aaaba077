import Words

/// A receipt of the database as text, with every refused row.
struct StoredReceiptText {
    let receipt: ReceiptPages.Single
    let words: Words

    var text: String {
        var lines = [receipt.title, receipt.sentence]
        for fact in receipt.facts { lines.append("  " + words.said(fact.label, fact.text)) }
        var said: Set<String> = []
        for row in receipt.panels.first?.rows ?? [] {
            let line = words("receipt.line", ["line": row["line"]?.plainText ?? ""])
            let column = row["columnText"]?.plainText
            let place = words.place([line, column?.isEmpty == false ? column : nil])
            lines.append("    " + words.said(place, row["sentence"]?.plainText ?? ""))
            // Once, below the first row that it is the same for.
            let remedy = row["remedy"]?.plainText ?? ""
            if said.insert(remedy).inserted { lines.append("      → \(remedy)") }
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
