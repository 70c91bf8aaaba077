import ArgumentParser
import Foundation
import Ingest
import Words

struct SampleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sample",
        abstract: "Write the files of a simulated programme, with the faults of real life in them.",
        discussion: """
            Load them with `mmt load --history DIR/sites.csv DIR/events.csv DIR/20*.csv DIR/clients_*.csv \
            DIR/trial_{trials,plans,allocations,participants,assessments,sessions,episodes,doses}.csv DIR/rollouts.csv`. \
            The same seed gives the same bytes.
            """
    )

    @Argument(help: "Folder for the files; it is made if it is missing.")
    var folder: String

    @Option(help: "What everything is drawn from.")
    var seed: UInt64 = SampleProgramme.usualSeed

    @Option(help: "Clinics.")
    var clinics = 68

    @Option(help: "Months.")
    var months = 48

    @Option(help: "Last month, such as 2025-12 (default: the one before this).")
    var lastMonth: String?

    func run() async throws {
        let last = try lastMonth.map { text in
            guard let month = Month(text) else { throw ValidationError("Write the month as in 2025-12.") }
            return month
        }
        do {
            let files = try SampleProgramme.files(
                seed: seed, clinics: clinics, months: months,
                lastMonth: last ?? Month(of: Date()) - 1)
            let folder = URL(filePath: folder)
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            for file in files { try Data(file.bytes).write(to: folder.appending(path: file.name)) }
            print("\(files.count) files in \(folder.path); seed \(seed). README.txt there lists the faults.")
        } catch let error as SampleError {
            throw ValidationError("\(error)")
        }
    }
}

extension Month {
    /// The month of a moment on this machine's clock.
    init(of date: Date) {
        let parts = Calendar(identifier: .gregorian).dateComponents([.year, .month], from: date)
        self = .first + ((parts.year ?? 1) * 12 + (parts.month ?? 1) - 13)
    }
}

extension SampleProgramme {
    static let usualSeed: UInt64 = 20_260_715

    static func files(seed: UInt64, clinics: Int = 68, months: Int = 48, lastMonth: Month) throws -> [SampleFile] {
        try SampleProgramme(
            seed: seed, clinics: clinics, months: months, lastMonth: lastMonth
        ).files
    }
}
