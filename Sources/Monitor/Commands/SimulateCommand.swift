public import ArgumentParser
import Foundation
import Ingest
public import Metrics
import Words

struct SimulateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Draw trials of a design and say how often each method errs: type I error or power, coverage, bias.",
        discussion: """
            Each figure stands with its Monte Carlo standard error. The same seed draws the same trials, on however many \
            processors.

            Example, the six clinics of docs/operating-characteristics.md: mmt trial simulate --design 6 --visits 1
            """)

    @OptionGroup var design: SimulatedDesignOptions

    @Option(
        name: .customLong("method"),
        help: "Only this method; may be given several times (default: all that the design allows).")
    var methods: [SimulatedMethod] = []

    @Option(help: "Data sets of each correlation.")
    var sets: Int = 2000

    @Option(help: "What the draws begin from.")
    var seed: UInt64 = 20_261_123

    @Option(help: "Processors to use (default: all).")
    var threads: Int?

    @Option(help: "table or json.")
    var format: OutputFormat = .table

    @OptionGroup var languages: LanguageOption

    func validate() throws {
        guard 2...1_000_000 ~= sets else { throw ValidationError("--sets is a number from 2 to 1000000.") }
        if let threads, threads < 1 { throw ValidationError("--threads is a number from 1.") }
        let allowed = design.designs.first.map(SimulatedMethod.all) ?? []
        if let method = methods.first(where: { !allowed.contains($0) }) {
            throw ValidationError("--method \(method.name) is not one for this outcome and these visits.")
        }
        if format == .csv { throw ValidationError("--format is table or json.") }
    }

    func run() async throws {
        let words = try Catalogues.ofProgram()[languages.language]
        var report = SimulationReport(sets: sets, seed: seed)
        for design in design.designs {
            let simulation = try TrialSimulation(design, sets: sets, seed: seed, methods: methods)
            let found = await simulation.characteristics(
                tasks: threads ?? ProcessInfo.processInfo.activeProcessorCount)
            report.add(design, found)
        }
        switch format {
        case .json: print(String(decoding: try Document.json(report, tag: nil).bytes, as: UTF8.self))
        default: print(SimulationText(report: report, words: words).text)
        }
    }
}

extension SimulatedMethod: ExpressibleByArgument {
    public init?(argument: String) {
        guard let named = Self.allCases.first(where: { $0.name == argument }) else { return nil }
        self = named
    }

    public static var allValueStrings: [String] { allCases.map(\.name) }
}
