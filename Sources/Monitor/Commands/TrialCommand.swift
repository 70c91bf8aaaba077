import ArgumentParser

struct TrialCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trial", abstract: "Cluster-randomised trials.", subcommands: [TrialAnalyseCommand.self])
}
