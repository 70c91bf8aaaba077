import Ingest

/// A file of a cluster-randomised trial by the columns that whoever asks names: its clinics with their arms and strata.
struct TrialTable {
    struct Columns {
        let arm: String
        let clinic: String
        /// The pair or stratum within which clinics were drawn.
        var stratum: String?
        var participant: String?
        var covariates: [String] = []
        /// The code of the treated arm; nil: 1 of 0 and 1.
        var treated: String?
    }
    struct Clinic {
        let code: String
        let isTreated: Bool
        /// Its place among the strata's names.
        let stratum: Int
    }

    /// What stands in the place of a number that is not there.
    static let missing: Set<String> = ["", "NA"]

    let table: DataTable
    let columns: Columns
    let arms: (treated: String, control: String)
    /// In the order of their codes.
    let clinics: [Clinic]
    let strata: [String]
    private let places: [String: Int]
    private let clinicColumn: Int

    init(_ table: DataTable, _ columns: Columns) throws {
        (self.table, self.columns) = (table, columns)
        try Self.check(table)
        let (clinic, arm) = (try Self.place(columns.clinic, table), try Self.place(columns.arm, table))
        let stratum = try columns.stratum.map { try Self.place($0, table) }
        var drawn: [String: (arm: String, stratum: String, line: Int)] = [:]
        for row in table.rows {
            let code = try Self.code(row, clinic, columns.clinic)
            let own = (
                arm: try Self.code(row, arm, columns.arm),
                stratum: try stratum.map { try Self.code(row, $0, columns.stratum ?? "") } ?? "", line: row.line
            )
            let first = drawn[code] ?? own
            drawn[code] = first
            for (here, there, changes, column) in [
                (own.arm, first.arm, TrialFileFault.Code.armChanges, columns.arm),
                (own.stratum, first.stratum, .stratumChanges, columns.stratum ?? ""),
            ] where here != there {
                throw TrialFileFault(
                    changes, line: row.line, column: column,
                    ["clinic": code, "here": here, "there": there, "first": "\(first.line)"])
            }
        }
        let (treated, strata) = (
            try Self.arms(Set(drawn.values.map(\.arm)), columns), Set(drawn.values.map(\.stratum)).sorted()
        )
        clinics = drawn.sorted { $0.key < $1.key }.map { code, drawn in
            Clinic(
                code: code, isTreated: drawn.arm == treated.treated,
                stratum: strata.firstIndex(of: drawn.stratum) ?? 0)
        }
        (arms, self.strata, clinicColumn) = (treated, strata, clinic)
        places = Dictionary(uniqueKeysWithValues: clinics.enumerated().map { ($1.code, $0) })
    }

    private static func check(_ table: DataTable) throws {
        for (place, name) in table.columns.enumerated() where table.columns.firstIndex(of: name) != place {
            throw TrialFileFault(.columnTwice, column: name)
        }
        for row in table.rows where row.cells.count > table.columns.count {
            throw TrialFileFault(
                .tooManyCells, line: row.line,
                ["cells": "\(row.cells.count)", "columns": "\(table.columns.count)"])
        }
    }

    private static func arms(_ codes: Set<String>, _ columns: Columns) throws -> (treated: String, control: String) {
        let known = codes.sorted()
        let list = ["codes": known.joined(separator: ", ")]
        guard known.count != 1 else { throw TrialFileFault(.oneArm, column: columns.arm, list) }
        guard known.count == 2 else { throw TrialFileFault(.manyArms, column: columns.arm, list) }
        guard let treated = columns.treated ?? (known == ["0", "1"] ? "1" : nil) else {
            throw TrialFileFault(.whichArm, column: columns.arm, list)
        }
        guard codes.contains(treated) else {
            throw TrialFileFault(
                .noSuchArm, column: columns.arm, list.merging(["treated": treated]) { own, _ in own })
        }
        return (treated, known[known[0] == treated ? 1 : 0])
    }

    static func place(_ name: String, _ table: DataTable) throws -> Int {
        guard let place = table.columns.firstIndex(of: name) else {
            throw TrialFileFault(.noColumn, column: name, ["columns": table.columns.joined(separator: ", ")])
        }
        return place
    }

    func place(_ name: String) throws -> Int { try Self.place(name, table) }

    private static func code(_ row: DataTable.Row, _ place: Int, _ column: String) throws -> String {
        guard !missing.contains(row.cells[place]) else {
            throw TrialFileFault(.blank, line: row.line, column: column)
        }
        return row.cells[place]
    }

    /// What must be there: who, which clinic, which arm.
    func code(_ row: DataTable.Row, _ column: String) throws -> String {
        try Self.code(row, place(column), column)
    }

    /// The place of a row's clinic among `clinics`.
    func clinic(_ row: DataTable.Row) -> Int { places[row.cells[clinicColumn]] ?? 0 }

    /// Nil where there is none.
    func number(_ row: DataTable.Row, _ column: String) throws -> Double? {
        let text = row.cells[try place(column)]
        guard !Self.missing.contains(text) else { return nil }
        guard let number = Double(text), number.isFinite else {
            throw TrialFileFault(.notANumber, line: row.line, column: column, ["text": text])
        }
        return number
    }
}
