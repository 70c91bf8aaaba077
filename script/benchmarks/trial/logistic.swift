// The mixed logistic models of script/bench trial: trial.csv (client, clinic, arm, month, urine_pos) as it was published,
// and long.csv (client, site, arm, month, urine_pos), 800 sites of which each is of one arm. Reading is not timed.
import Foundation
import Metrics

struct LogisticBenchmark {
    private let trial: ClusteredCounts
    private let byMonth: ClusteredCounts
    private let long: ClusteredCounts

    init(trial: String, long: String) throws {
        let rows = try Table(trial).rows { $0["urine_pos"] != "" }
        self.trial = rows.counts(cluster: "clinic", member: "client", Table.armByVisit)
        byMonth = rows.counts(cluster: "client", member: nil, Table.armByMonth)
        self.long = try Table(long).rows { $0["urine_pos"] != "" }
            .counts(cluster: "site", member: "client", Table.armByVisit)
    }

    /// Calls `measure` with the name of each figure and the work; what the work gives is −2 ln L, to be compared with R's.
    func run(_ measure: (String, () -> Double) -> Void) {
        measure("glmm_trial") { deviance(trial) }
        measure("glmm_trial_agq25") { deviance(byMonth, .quadrature(points: 25)) }
        measure("glmm_long") { deviance(long) }
    }

    private func deviance(_ data: ClusteredCounts, _ integration: CountMixedModel.Integration = .laplace) -> Double {
        (try? CountMixedModel.fit(data, family: .binomial, integration: integration).get().deviance) ?? .nan
    }
}

/// A file of comma-separated fields without quotation marks.
private struct Table {
    private var names: [String: Int] = [:]
    private var fields: [[Substring]] = []

    struct Row {
        let names: [String: Int]
        let fields: [Substring]

        subscript(name: String) -> Substring { names[name].map { fields[$0] } ?? "" }
        func number(_ name: String) -> Double { Double(self[name]) ?? .nan }
    }

    init(_ file: String) throws {
        let lines = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n")
        let header = lines.first?.split(separator: ",").enumerated().map { (String($1), $0) } ?? []
        names = Dictionary(uniqueKeysWithValues: header)
        fields = lines.dropFirst().map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    }

    func rows(_ isKept: (Row) -> Bool) -> [Row] { fields.map { Row(names: names, fields: $0) }.filter(isKept) }

    static var armByVisit: [(Row) -> Double] {
        let visits = ["3", "6", "9"]
        return [{ $0.number("arm") }] + visits.map { month in { $0["month"] == month ? 1 : 0 } }
            + visits.map { month in { $0["month"] == month ? $0.number("arm") : 0 } }
    }

    static var armByMonth: [(Row) -> Double] {
        [{ $0.number("arm") }, { $0.number("month") }, { $0.number("arm") * $0.number("month") }]
    }
}

extension [Table.Row] {
    fileprivate func counts(
        cluster: String, member: String?, _ columns: [(Table.Row) -> Double]
    ) -> ClusteredCounts {
        ClusteredCounts(
            columns: [map { _ in 1 }] + columns.map { column in map(column) }, counts: map { $0.number("urine_pos") },
            clusters: numbered(cluster), members: member.map(numbered))
    }

    private func numbered(_ name: String) -> [Int] {
        var numbers: [Substring: Int] = [:]
        return map { row in
            let number = numbers[row[name]] ?? numbers.count
            numbers[row[name]] = number
            return number
        }
    }
}
