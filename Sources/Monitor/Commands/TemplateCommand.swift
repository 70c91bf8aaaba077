import ArgumentParser
import Ingest
import Words

struct TemplateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "template", abstract: "Print an empty report to fill in: its header, as CSV in UTF-8.")

    @Argument(help: "sites or monthly.")
    var kind: String

    @OptionGroup var languages: LanguageOption

    func run() async throws {
        guard let kind = ReportKind.named(kind) else {
            throw ValidationError(
                "There is no kind of report \"\(kind)\". Kinds: \(ReportKind.all.map(\.name).joined(separator: ", ")).")
        }
        let words = try Catalogues.ofProgram()[languages.language]
        print(
            CSVFile.text(keys: kind.columns.map { words("column.\(kind.name).\($0.name)") }, rows: []), terminator: "")
    }
}
