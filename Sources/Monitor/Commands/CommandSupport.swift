public import ArgumentParser
import Foundation
public import Metrics
import Postgres
public import Words

extension Language: ExpressibleByArgument {}
extension ChartMethod: ExpressibleByArgument {}

/// How a command's answer is written.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
    case table, json, csv
}

/// The language of the terminal's messages.
struct LanguageOption: ParsableArguments {
    @Option(name: .customLong("language"), help: "Language of the output: en or zh (default: the locale's).")
    var chosen: Language?

    var language: Language { chosen ?? Language(accepting: ProcessInfo.processInfo.environment["LANG"]) }
}

/// Ends of `mmt load` and of scripts that watch it; the worst of several files counts.
enum LoadStatus: Int32 {
    case accepted = 0
    /// The machinery failed; nothing is known of the file but that it arrived.
    case failed = 1
    /// A whole file was refused.
    case fileRefused = 2
    /// Rows were refused; the others are stored.
    case rowsRefused = 3

    /// From harmless to grave.
    private var gravity: Int {
        switch self {
        case .accepted: 0
        case .rowsRefused: 1
        case .fileRefused: 2
        case .failed: 3
        }
    }

    func worse(_ other: LoadStatus) -> LoadStatus { gravity >= other.gravity ? self : other }
}

/// Text for people who watch a terminal, apart from the output that programs read.
func printToTerminal(_ text: String) {
    FileHandle.standardError.write(Data((text + "\n").utf8))
}

/// Says in a sentence why a command did nothing of what was asked.
/// - Returns: the exit status of a refusal.
func refused(_ sentence: String) -> ExitCode {
    printToTerminal(sentence)
    return ExitCode(LoadStatus.fileRefused.rawValue)
}

/// Reads what a page shows; what cannot be shown is told in a sentence.
func reading<T>(_ words: Words, _ body: () async throws -> T) async throws -> T {
    do {
        return try await body()
    } catch let unknown as UnknownRule {
        throw refused(words("show.unknown_rule", ["rule": unknown.rule]))
    } catch is MonthWithoutData {
        throw refused(words("problem.month_without_data") + " " + words("problem.month_without_data.remedy"))
    }
}

func isBlank(_ text: String) -> Bool { text.allSatisfy(\.isWhitespace) }

/// Runs a command's body with a backend that is closed whatever happens; failures are told in a sentence.
func withBackend(_ body: (Backend) async throws -> Void) async throws {
    do {
        let backend = try Backend()
        do {
            try await body(backend)
        } catch {
            try? backend.close()
            throw error
        }
        try backend.close()
    } catch let exit as ExitCode {
        throw exit
    } catch {
        printToTerminal("mmt: \(error)")
        throw ExitCode(LoadStatus.failed.rawValue)
    }
}
