import ArgumentParser
import Ingest
import Words

struct FaultsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "faults", abstract: "Print the catalogue of faults: code, meaning, what to do.")

    @Option(help: "table, json or csv.")
    var format: OutputFormat = .table

    @OptionGroup var languages: LanguageOption

    func run() async throws {
        let catalogue = FaultCatalogue(words: try Catalogues.ofProgram()[languages.language])
        switch format {
        case .json: print(String(decoding: try Document.json(catalogue.entries, tag: nil).bytes, as: UTF8.self))
        case .csv:
            print(
                CSVFile.text(keys: FaultCatalogue.columns, rows: catalogue.entries.map(\.row)), terminator: "")
        case .table:
            for entry in catalogue.entries {
                print(entry.code, "    " + entry.meaning, separator: "\n")
                if !entry.remedy.isEmpty { print("    → " + entry.remedy) }
            }
        }
    }
}
