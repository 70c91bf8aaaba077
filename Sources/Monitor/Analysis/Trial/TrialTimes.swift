import Ingest
import Metrics

/// A trial's file of times until an event: a row for each participant.
struct TrialTimes {
    let trial: TrialTable
    /// Each with its clinic as cluster, its pair or stratum as stratum, the arm and then the covariates.
    let subjects: [CoxSubject]
    /// Participants without one of the covariates, whom no model can count.
    let withoutCovariates: Int

    init(_ trial: TrialTable, time: String, event: String) throws {
        var lines: [String: Int] = [:]
        var subjects: [CoxSubject] = []
        for row in trial.table.rows {
            if let column = trial.columns.participant {
                let name = try trial.code(row, column)
                if let first = lines.updateValue(row.line, forKey: name) {
                    throw TrialFileFault(
                        .twice, line: row.line, column: column, ["participant": name, "first": "\(first)"])
                }
            }
            let (length, code) = (try trial.code(row, time), try trial.code(row, event))
            guard let exit = try trial.number(row, time), exit > 0 else {
                throw TrialFileFault(.noTime, line: row.line, column: time, ["text": length])
            }
            guard ["0", "1"].contains(code) else {
                throw TrialFileFault(.notAnEvent, line: row.line, column: event, ["text": code])
            }
            let covariates = try trial.columns.covariates.compactMap { try trial.number(row, $0) }
            guard covariates.count == trial.columns.covariates.count else { continue }
            let clinic = trial.clinics[trial.clinic(row)]
            subjects.append(
                CoxSubject(
                    exit: exit, hasEvent: code == "1", covariates: [clinic.isTreated ? 1 : 0] + covariates,
                    stratum: clinic.stratum, cluster: trial.clinic(row)))
        }
        (self.trial, self.subjects) = (trial, subjects)
        withoutCovariates = trial.table.rows.count - subjects.count
    }
}
