import Ingest
import Metrics

/// A file of people followed for a time: one row each, in columns that the one who asks names.
struct SurvivalFile {
    /// What is wrong with it. The words are in the catalogues under `survival.fault.<code>`.
    struct Fault: Error {
        let code: String
        let values: [String: String]
    }
    struct Columns {
        let time: String
        let event: String
        var entry: String?
        var group: String?
        var covariates: [String] = []
    }
    struct Subject {
        let entry: Double
        let exit: Double
        /// Place of the reason in `reasons`; nil: still followed.
        let reason: Int?
        let group: Int
        let covariates: [Double]
    }

    let subjects: [Subject]
    /// Codes of the event column but 0, in order; more than one are reasons that compete.
    let reasons: [String]
    /// Codes of the group column, in order; one without a name where there is no such column.
    let groups: [String]

    init(_ table: DataTable, _ columns: Columns) throws {
        let place = { (name: String) throws -> Int in
            guard let place = table.columns.firstIndex(of: name) else {
                throw Fault(
                    code: "no_column", values: ["column": name, "columns": table.columns.joined(separator: ", ")])
            }
            return place
        }
        let (time, event) = (try place(columns.time), try place(columns.event))
        let (entry, group) = (try columns.entry.map(place), try columns.group.map(place))
        let covariates = try columns.covariates.map { (name: $0, place: try place($0)) }
        func number(_ row: DataTable.Row, _ place: Int, _ name: String) throws -> Double {
            guard let number = Double(row.cells[place]), number.isFinite else {
                throw Fault(code: "not_a_number", values: ["line": "\(row.line)", "column": name])
            }
            return number
        }
        let codes = table.rows.map { $0.cells[event] }
        let reasons = Set(codes).subtracting(["0"]).sorted(by: Self.precedes)
        let groups = group.map { place in Set(table.rows.map { $0.cells[place] }).sorted(by: Self.precedes) } ?? [""]
        guard !codes.contains("") else {
            let line = table.rows.first { $0.cells[event].isEmpty }?.line ?? 0
            throw Fault(code: "not_a_number", values: ["line": "\(line)", "column": columns.event])
        }
        guard reasons.count <= 20 else { throw Fault(code: "too_many_reasons", values: ["column": columns.event]) }
        subjects = try table.rows.map { row in
            let subject = Subject(
                entry: try entry.map { try number(row, $0, columns.entry ?? "") } ?? -.infinity,
                exit: try number(row, time, columns.time), reason: reasons.firstIndex(of: row.cells[event]),
                group: group.map { place in groups.firstIndex(of: row.cells[place]) ?? 0 } ?? 0,
                covariates: try covariates.map { try number(row, $0.place, $0.name) })
            guard subject.exit > max(subject.entry, 0) else {
                throw Fault(code: "no_time", values: ["line": "\(row.line)", "column": columns.time])
            }
            return subject
        }
        (self.reasons, self.groups) = (reasons, groups)
    }

    /// Numbers in their order, other codes in that of their letters.
    private static func precedes(_ a: String, _ b: String) -> Bool {
        if let a = Double(a), let b = Double(b) { return a < b }
        return a < b
    }

    func table(group: Int) -> RiskTable {
        RiskTable(
            subjects.lazy.filter { $0.group == group }.map { Spell(entry: $0.entry, exit: $0.exit, reason: $0.reason) },
            reasons: max(1, reasons.count))
    }
}
