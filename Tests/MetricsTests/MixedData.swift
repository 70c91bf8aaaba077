import Testing

@testable import Metrics

/// A mixed model of a reference case: names of columns as R tells them, rows, and what varies.
struct MixedData {
    typealias Column = (String, ([String: String]) -> Double)

    var names: [String] = []
    var rows: MixedModelRows
    var clusterLabels: [String]
    var subjectLabels: [String]

    /// Labels in the order of R's factors, and each row's number among them.
    static func codes(_ labels: [String]) -> (levels: [String], codes: [Int]) {
        let levels = Set(labels).sorted()
        let places = Dictionary(uniqueKeysWithValues: levels.enumerated().map { ($0.element, $0.offset) })
        return (levels, labels.map { places[$0] ?? -1 })
    }

    /// Columns named and worked out from a table's rows, in which the outcome is present.
    init(
        _ table: [[String: String]], outcome: String, cluster: String, subject: String? = nil,
        fixed: [Column]
    ) {
        let rows = table.filter { Double($0[outcome] ?? "") != nil }
        let clusters = Self.codes(rows.map { $0[cluster] ?? "" })
        let subjects = subject.map { name in Self.codes(rows.map { $0[name] ?? "" }) }
        names = fixed.map(\.0)
        self.rows = MixedModelRows(
            outcome: rows.compactMap { Double($0[outcome] ?? "") },
            fixed: fixed.map { column in rows.map { column.1($0) } }, clusters: clusters.codes,
            subjects: subjects?.codes)
        clusterLabels = clusters.levels
        subjectLabels = subjects?.levels ?? []
    }

    static func number(_ column: String) -> ([String: String]) -> Double { { Double($0[column] ?? "") ?? .nan } }

    static var intercept: Column { ("(Intercept)", { _ in 1 }) }

    /// Intercept, arm, an indicator of each later visit, further columns, and arm by visit: `score ~ arm * fm`.
    static func armByVisit(
        visits: [Int], column: String = "month", further: [String] = []
    ) -> [Column] {
        let later = visits.dropFirst()
        func indicator(_ visit: Int) -> ([String: String]) -> Double { { number(column)($0) == Double(visit) ? 1 : 0 } }
        return [intercept, ("arm", number("arm"))] + later.map { ("fm\($0)", indicator($0)) }
            + further.map { ($0, number($0)) }
            + later.map { visit in ("arm:fm\(visit)", { number("arm")($0) * indicator(visit)($0) }) }
    }

    static func trial(_ file: String = "trial.csv") throws -> MixedData {
        MixedData(
            try Reference.table(file), outcome: "score", cluster: "clinic", subject: "client",
            fixed: armByVisit(visits: [0, 3, 6, 9]))
    }

    func unit(_ name: String) -> [Double] { names.map { $0 == name ? 1 : 0 } }

    func fit(
        _ effects: RandomEffects = .nested, method: LikelihoodMethod = .restricted
    ) throws -> LinearMixedModel {
        try LinearMixedModel(MixedStatistics(rows), effects, method: method)
    }
}

extension Agreement {
    /// What R's `core` tells of a fit: coefficients, their covariance, residual variance, criterion.
    mutating func expect(_ fit: LinearMixedModel, _ expected: JSON, _ names: [String]) {
        expect(Double(fit.rows), expected["n"].number, "n")
        expect(fit.residualVariance, expected["sigma2"].number, "residual variance")
        expect(fit.convergence.criterion, expected["criterion"].number, "criterion")
        expect(fit.logLikelihood, expected["logLik"].number, "log-likelihood")
        expect(fit.coefficients, names.map { expected["beta"][$0].number }, "coefficients")
        let (rows, columns) = (expected["vcov_beta"]["rows"].items, expected["vcov_beta"]["data"].items)
        for (row, name) in rows.enumerated() {
            for (column, other) in rows.enumerated() {
                let (one, two) = (names.map { $0 == name.text ? 1.0 : 0 }, names.map { $0 == other.text ? 1.0 : 0 })
                expect(fit.covariance(one, two), columns[row].items[column].number, "covariance \(row) \(column)")
            }
        }
    }
}
