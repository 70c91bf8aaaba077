import ArgumentParser
import Foundation
import Ingest
import Words

struct SurvivalCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "survival",
        abstract: "Analyse how long people stay, from a file of your own: nothing is stored, no database is needed.",
        discussion: """
            Kaplan–Meier shares with log-log limits, medians, restricted means, the log-rank test, competing reasons \
            (Aalen–Johansen, Gray), and a Cox model with the test of proportional hazards.

            Example: mmt survival addicts.csv --time survt --event status --by clinic --covariates prison,dose
            """)

    @Argument(help: "A CSV file: one row is one person, the first row names the columns.")
    var file: String

    @Option(help: "Column of the time until the event, or until the person was last seen.")
    var time: String

    @Option(help: "Column of the event: 0 for none; several other codes are reasons that compete.")
    var event: String

    @Option(help: "Column of the time at which the person came under watch (delayed entry).")
    var entry: String?

    @Option(help: "Column of the groups to compare.")
    var by: String?

    @Option(help: "Columns of covariates of the Cox model, with commas between.")
    var covariates: String = ""

    @Option(help: "Times at which shares are wanted, with commas between.")
    var at: String = "90,180,365"

    @Option(help: "Time up to which the mean is taken (default: the last of --at).")
    var horizon: Double?

    @Option(help: "table or json.")
    var format: OutputFormat = .table

    @OptionGroup var languages: LanguageOption

    private var times: [Double] { at.split(separator: ",").compactMap { Double($0) } }

    func validate() throws {
        guard !times.isEmpty, times.allSatisfy({ $0 > 0 }), times.count == at.split(separator: ",").count else {
            throw ValidationError("--at takes positive numbers with commas between, as in 90,180,365.")
        }
        if let horizon, horizon <= 0 { throw ValidationError("--horizon is a positive number.") }
        if format == .csv { throw ValidationError("--format is table or json.") }
    }

    func run() async throws {
        let words = try Catalogues.ofProgram()[languages.language]
        let names = covariates.split(separator: ",").map(String.init)
        do {
            let table = try DataTable(NamedFile.all([file])[0].open())
            let columns = SurvivalFile.Columns(time: time, event: event, entry: entry, group: by, covariates: names)
            let analysis = SurvivalAnalysis(
                try SurvivalFile(table, columns), columns, times: times, horizon: horizon ?? times.max() ?? 365)
            switch format {
            case .json: print(String(decoding: try Document.json(analysis, tag: nil).bytes, as: UTF8.self))
            default: print(SurvivalText(analysis: analysis, words: words).text)
            }
        } catch let fault as SurvivalFile.Fault {
            throw refused(words("survival.fault.\(fault.code)", fault.values))
        } catch let refusal as FileRefusal {
            throw refused(words("refusal.\(refusal.code)", refusal.details))
        } catch let reason as NamedFile.Unreadable {
            throw refused(words("load.reason.\(reason.rawValue)", ["file": file]))
        }
    }
}
