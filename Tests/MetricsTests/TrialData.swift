@testable import Metrics

/// The trials of the reference data as the R scripts take them.
struct TrialData {
    struct Visit {
        let client: String
        let clinic: Int
        let isTreated: Bool
        let month: Double
        let score: Double?
        let urine: Double?
    }

    let visits: [Visit]

    init(_ file: String = "trial.csv") throws {
        visits = try Reference.table(file).map { row in
            Visit(
                client: row["client"] ?? "", clinic: Int(row["clinic"]?.dropFirst() ?? "") ?? 0,
                isTreated: row["arm"] == "1", month: Double(row["month"] ?? "") ?? .nan,
                score: Double(row["score"] ?? ""), urine: Double(row["urine_pos"] ?? ""))
        }
    }

    /// Every visit's value at baseline, by client; nil where it is missing.
    func baseline(_ value: (Visit) -> Double?) -> [String: Double] {
        var found: [String: Double] = [:]
        for visit in visits where visit.month == 0 { found[visit.client] = value(visit) }
        return found
    }

    /// Arms of the clinics, by rising number.
    var arms: [Bool] {
        let byClinic = Dictionary(grouping: visits, by: \.clinic)
        return byClinic.sorted { $0.key < $1.key }.map { $0.value[0].isTreated }
    }

    func clusters(_ values: [Double]) -> [TrialCluster] {
        zip(values, arms).map { TrialCluster(value: $0, isTreated: $1) }
    }

    /// Scores at nine months with the score at baseline, clinic as cluster.
    func nine(armFirst: Bool = false) throws -> ClusteredObservations {
        let base = baseline(\.score)
        let rows = visits.filter { $0.month == 9 && $0.score != nil }
        let arm = rows.map { $0.isTreated ? 1.0 : 0 }
        return try ClusteredObservations(
            clusters: rows.map(\.clinic), covariates: (armFirst ? [arm] : []) + [rows.map { base[$0.client] ?? .nan }],
            outcomes: .each(rows.map { $0.score ?? .nan }))
    }

    /// Means by clinic of what a visit holds, over the visits of some months.
    func means(_ value: (Visit) -> Double?, where holds: (Visit) -> Bool) -> [Double] {
        let byClinic = Dictionary(grouping: visits.filter(holds), by: \.clinic).sorted { $0.key < $1.key }
        return byClinic.map { $0.value.compactMap(value) }.map { $0.reduce(0, +) / Double($0.count) }
    }
}
