@testable import Metrics

/// A CSV file of the reference data as a mixed model takes it; rows without an outcome are left out.
struct MixedModelData {
    private(set) var rows: [[String: String]]

    init(_ file: String, outcome: String) throws {
        rows = try Reference.table(file).filter { !($0[outcome] ?? "").isEmpty }
        self.outcome = outcome
    }

    private let outcome: String

    func number(_ row: [String: String], _ column: String) -> Double { Double(row[column] ?? "") ?? .nan }

    func numbers(_ column: String) -> [Double] { rows.map { number($0, column) } }

    mutating func keep(_ isKept: ([String: String]) -> Bool) { rows = rows.filter(isKept) }

    mutating func add(_ column: String, _ value: ([String: String]) -> String) {
        for index in rows.indices { rows[index][column] = value(rows[index]) }
    }

    /// Names numbered by their order, as R numbers the levels of a factor.
    func numbered(_ column: String) -> [Int] {
        let texts = rows.map { $0[column] ?? "" }
        let levels = Set(texts).sorted { first, second in
            guard let one = Double(first), let other = Double(second) else { return first < second }
            return one < other
        }
        let numbers = Dictionary(uniqueKeysWithValues: levels.enumerated().map { ($1, $0) })
        return texts.map { numbers[$0] ?? -1 }
    }

    /// Counts with an intercept and the columns that functions of a row give.
    func counts(
        cluster: String, member: String? = nil, _ columns: [([String: String]) -> Double]
    ) -> ClusteredCounts {
        ClusteredCounts(
            columns: [Array(repeating: 1, count: rows.count)] + columns.map { rows.map($0) },
            counts: numbers(outcome), clusters: numbered(cluster), members: member.map(numbered))
    }

    /// arm, visits beside the first, and their products, as R's `arm * fm` orders them.
    static func armByVisit(_ visits: [String], interaction: Bool = true) -> [([String: String]) -> Double] {
        let arm: ([String: String]) -> Double = { Double($0["arm"] ?? "") ?? .nan }
        let visit = visits.map { month in { (row: [String: String]) in row["month"] == month ? 1.0 : 0 } }
        let both = visit.map { visit in { (row: [String: String]) in arm(row) * visit(row) } }
        return [arm] + visit + (interaction ? both : [])
    }

    /// The trial's urine tests: arm by visit with clinic and client.
    static func trial(interaction: Bool = true) throws -> ClusteredCounts {
        try MixedModelData("trial.csv", outcome: "urine_pos").counts(
            cluster: "clinic", member: "client", armByVisit(["3", "6", "9"], interaction: interaction))
    }
}
