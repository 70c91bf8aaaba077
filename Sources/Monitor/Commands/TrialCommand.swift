import ArgumentParser

struct TrialCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trial", abstract: "Cluster-randomised trials, without a database.",
        subcommands: [TrialAnalyseCommand.self, SimulateCommand.self])
}
