import ArgumentParser
import Foundation
import Ingest
import Postgres
import Words

extension MonthsCommand {
    struct WithdrawReport: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "withdraw",
            abstract: "Take back what a clinic reported on a month that it should not have reported on.",
            discussion: """
                For a file that carried the wrong month, where no true report on that month will come to correct it. \
                The report stays readable and counts no more; one that is sent later counts again, but not the same \
                file: its bytes are known.
                """)

        @Argument(help: "The clinic's code.")
        var site: String

        @Argument(help: "The month, as in 2026-08.", transform: namedMonth)
        var month: Month

        @Option(help: "Why.")
        var reason: String

        @Option(help: "Who answers for it.")
        var by = NSUserName()

        @OptionGroup var languages: LanguageOption

        func run() async throws {
            try await withBackend { backend in
                try backend.requireMigrated(backend.ingest)
                let words = backend.catalogues[languages.language]
                guard !isBlank(reason), !isBlank(by) else { throw refused(words("command.text_blank")) }
                let connection = try backend.ingest.connect()
                let site = try namedSite(site, words, connection)
                let outcome = try ReportWithdrawal(backend.sql).withdraw(
                    site, month, by: by, because: reason, connection)
                var values = ["site": site.code, "month": "\(month)"]
                if case .withdrawn(let version, let receipt, let line, let file) = outcome {
                    values.merge(
                        ["version": "\(version)", "receipt": "\(receipt)", "line": "\(line)", "file": file]
                    ) { $1 }
                    return print(words("months.withdrawn", values))
                }
                throw refused(words(refusal(outcome), values))
            }
        }

        private func refusal(_ outcome: ReportWithdrawal.Outcome) -> String {
            switch outcome {
            case .monthLocked: "months.locked"
            case .notReported, .withdrawn: "months.not_reported"
            }
        }
    }
}
