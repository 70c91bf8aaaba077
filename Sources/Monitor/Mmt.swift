import ArgumentParser
import Foundation
import Ingest

@main
enum Program {
    static func main() async {
        if let slip = CommandLine.arguments.dropFirst().first, let meant = Mmt.nearestCommand(to: slip) {
            printToTerminal("mmt: there is no command \"\(slip)\"; the nearest is \"\(meant)\". All: mmt --help")
            exit(EX_USAGE)
        }
        await Mmt.main()
    }
}

struct Mmt: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mmt",
        abstract:
            "Monitors a methadone maintenance programme: loads clinics' reports, shows where clients stay or leave.",
        discussion: """
            Without any configuration mmt keeps a PostgreSQL of its own in MMT_DATA. DATABASE_URL, PGHOST or PGSERVICE \
            name another server. MMT_TIMEZONE is the programme's time zone (Asia/Shanghai).
            """,
        version: "0.1.0",
        subcommands: [
            ServeCommand.self, LoadCommand.self, ShowCommand.self, ExplainCommand.self, ReceiptCommand.self,
            TemplateCommand.self,
            QuarantineCommand.self, FlagsCommand.self, AliasCommand.self, SourceCommand.self, MonthsCommand.self,
            DiffCommand.self, ExportCommand.self, SurvivalCommand.self, TrialCommand.self, TargetCommand.self,
            FaultsCommand.self, SampleCommand.self,
            InboxCommand.self, JobsCommand.self, TokenCommand.self,
            MigrateCommand.self, PsqlCommand.self,
        ])

    /// The command that a slip of the pen meant; nil where the word is a command or nothing like one.
    static func nearestCommand(to word: String) -> String? {
        let commands = configuration.subcommands.compactMap { $0.configuration.commandName }
        guard !word.hasPrefix("-"), !(commands + ["help"]).contains(word) else { return nil }
        return Spelling.nearest(word, among: commands)
    }
}
