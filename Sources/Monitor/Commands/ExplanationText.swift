import Words

/// An explanation for a terminal.
struct ExplanationText {
    let explanation: Explanation
    let words: Words

    var text: String {
        (["\(explanation.place), \(explanation.month): \(explanation.title)", explanation.sentence]
            + definition + statements + counts + files).joined(separator: "\n")
    }

    private func section(_ key: String, _ lines: [String]) -> [String] {
        lines.isEmpty ? [] : ["", words("explain.\(key)")] + lines.map { "  \($0)" }
    }

    private var definition: [String] {
        guard let card = explanation.definition else { return [] }
        let facts = [
            card.plain, card.formula, "\(card.version), \(card.inForce)", card.caveat, card.not, card.source,
        ]
        return section("definition", facts.filter { !$0.isEmpty })
    }

    private var statements: [String] {
        section(
            "sql",
            explanation.statements.flatMap { statement in
                ["-- \(statement.file)"] + statement.text.split(separator: "\n").map(String.init)
            })
    }

    private var counts: [String] {
        guard !explanation.counts.isEmpty, let card = explanation.definition else { return [] }
        let rows = explanation.counts.map { [$0.site, $0.numerator, $0.denominator] }
        return section(
            "counts", TextTable.lines([[words("table.site"), card.numerator, card.denominator]] + rows))
    }

    private var files: [String] {
        guard !explanation.files.isEmpty else { return [] }
        let head = ["explain.of", "table.month", "explain.receipt", "explain.file", "explain.line", "explain.sha256"]
        let rows = explanation.files.map { file in
            [
                file.site, file.month, "\(file.receipt)", file.file, file.line.map { "\($0)" } ?? "", file.sha256,
            ]
        }
        return section("files", TextTable.lines([head.map { words($0) }] + rows))
    }
}
