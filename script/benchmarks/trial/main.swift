// Times the trial's estimators on the files that script/benchmarks/trial/trial.R times R on; reading files is not timed.
// Arguments: long.csv and trial.csv with clinics and clients as numbers.
import Foundation

let (longFile, trialFile) = (CommandLine.arguments[1], CommandLine.arguments[2])
try measureLinearModels(
    large: largeRows(longFile), trial: trialRows(trialFile, line: false), line: trialRows(trialFile, line: true))
try ClusterBenchmark(columns(trialFile)).run(using: BenchmarkGenerator()) { name, work in
    measure(name, repeats: 20, work)
}
try LogisticBenchmark(trial: trialFile, long: longFile).run { name, work in
    measure(name, runs: name == "glmm_long" ? 3 : 9, work)
}
