// Times the trial's estimators on the files that script/benchmarks/trial/trial.R times R on; reading files is not timed.
// Arguments: long.csv and trial.csv with clinics and clients as numbers.
import Foundation

let large = try largeRows(CommandLine.arguments[1])
let trial = try trialRows(CommandLine.arguments[2], line: false)
try measureLinearModels(large: large, trial: trial, line: trialRows(CommandLine.arguments[2], line: true))

// The logistic models come here, in a file of their own.
