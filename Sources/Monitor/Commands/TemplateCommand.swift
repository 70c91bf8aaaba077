import ArgumentParser
import Foundation
import Ingest
import Words

struct TemplateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "template", abstract: "Write an empty report to fill in, or say what its columns mean.",
        discussion: "Without options its header as CSV in UTF-8.")

    @Argument(help: ArgumentHelp("A kind: \(ReportKind.all.map(\.name).joined(separator: ", ")).", valueName: "kind"))
    var kind: String

    @Option(help: "Write a workbook, with a guide to the columns on its second sheet.")
    var xlsx: String?

    @Flag(help: "Print the guide instead: each column, how it is written and what it means.")
    var guide = false

    @OptionGroup var languages: LanguageOption

    func run() async throws {
        guard let kind = ReportKind.named(kind) else {
            throw ValidationError(
                "There is no kind of report \"\(kind)\". Kinds: \(ReportKind.all.map(\.name).joined(separator: ", ")).")
        }
        let words = try Catalogues.ofProgram()[languages.language]
        let template = Template(kind, words)
        if let xlsx {
            try template.writeWorkbook(to: URL(filePath: xlsx))
        } else if guide {
            print(words("kind.\(kind.name).about") + "\n")
            for row in template.guide { print(lines(row, words).joined(separator: "\n")) }
        } else {
            print(CSVFile.text(keys: template.header, rows: []), terminator: "")
        }
    }

    /// One column of the guide: its name, then how it is written and what it means.
    private func lines(_ row: [String], _ words: Words) -> [String] {
        let facts = Dictionary(uniqueKeysWithValues: zip(Template.guide, row))
        let heads = ["form", "unit", "range", "choices"].compactMap { key -> String? in
            guard let text = facts[key], !text.isEmpty else { return nil }
            return "    " + words.said(words("guide.\(key)"), text)
        }
        let required = facts["required"] == words("choice.yes") ? " *" : ""
        return ["\(facts["column"] ?? "")\(required)", "    \(facts["about"] ?? "")"] + heads
    }
}
