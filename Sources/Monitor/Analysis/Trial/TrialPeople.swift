import Ingest

/// Participants of a trial's file, put together from their rows.
struct TrialPeople {
    struct Person {
        let name: String
        let clinic: Int
        let line: Int
        /// One for each of `visits`.
        var outcomes: [Double?]
        var covariates: [Double?]
        /// Lines of the visits.
        var lines: [Int?]
    }

    /// Rising.
    let visits: [Int]
    let all: [Person]
    let isBinary: Bool

    init(_ trial: TrialTable, _ asked: TrialFile.Asked) throws {
        let seen = try trial.table.rows.map { row in (row, try asked.visit.map { try Self.visit(row, $0, trial) }) }
        visits = asked.visit == nil ? (asked.baseline == nil ? [0] : [0, 1]) : Set(seen.compactMap(\.1)).sorted()
        var all: [Person] = []
        var places: [String: Int] = [:]
        for (row, visit) in seen {
            let name = try trial.columns.participant.map { try trial.code(row, $0) } ?? "\(row.line)"
            let place = places[name] ?? all.count
            if place == all.count {
                places[name] = place
                all.append(
                    Person(
                        name: name, clinic: trial.clinic(row), line: row.line,
                        outcomes: visits.map { _ in nil }, covariates: trial.columns.covariates.map { _ in nil },
                        lines: visits.map { _ in nil }))
            }
            try Self.add(row, visit, to: &all[place], visits, (trial, asked))
        }
        self.all = all
        isBinary = try Self.isBinary(trial, asked)
    }

    private static func add(
        _ row: DataTable.Row, _ visit: Int?, to person: inout Person, _ visits: [Int],
        _ file: (trial: TrialTable, asked: TrialFile.Asked)
    ) throws {
        let (trial, asked) = file
        let participant = trial.columns.participant ?? ""
        guard person.clinic == trial.clinic(row) else {
            throw TrialFileFault(
                .participantMoves, line: row.line, column: trial.columns.clinic,
                [
                    "participant": person.name, "here": trial.clinics[trial.clinic(row)].code,
                    "there": trial.clinics[person.clinic].code, "first": "\(person.line)",
                ])
        }
        let place = visit.flatMap(visits.firstIndex) ?? visits.count - 1
        if let first = person.lines[place] {
            throw TrialFileFault(
                .twice, line: row.line, column: participant,
                ["participant": person.name, "first": "\(first)"])
        }
        person.lines[place] = row.line
        person.outcomes[place] = try trial.number(row, asked.outcome)
        if let baseline = asked.baseline { person.outcomes[0] = try trial.number(row, baseline) }
        for (place, column) in trial.columns.covariates.enumerated() {
            guard let number = try trial.number(row, column) else { continue }
            guard person.covariates[place] == nil || person.covariates[place] == number else {
                throw TrialFileFault(
                    .covariateChanges, line: row.line, column: column,
                    ["participant": person.name, "first": "\(person.line)"])
            }
            person.covariates[place] = number
        }
    }

    private static func visit(_ row: DataTable.Row, _ column: String, _ trial: TrialTable) throws -> Int {
        let text = try trial.code(row, column)
        guard let number = try trial.number(row, column), let visit = Int(exactly: number) else {
            throw TrialFileFault(.notAVisit, line: row.line, column: column, ["text": text])
        }
        return visit
    }

    /// Whether nothing but 0 and 1 was measured; where it is said to be so, anything else is a fault.
    private static func isBinary(_ trial: TrialTable, _ asked: TrialFile.Asked) throws -> Bool {
        guard asked.isBinary != false else { return false }
        for column in [asked.outcome, asked.baseline].compactMap(\.self) {
            for row in trial.table.rows {
                guard let value = try trial.number(row, column), value != 0, value != 1 else { continue }
                guard asked.isBinary == true else { return false }
                throw TrialFileFault(
                    .notBinary, line: row.line, column: column, ["text": row.cells[try trial.place(column)]])
            }
        }
        return true
    }
}
