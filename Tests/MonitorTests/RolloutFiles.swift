import Ingest

@testable import Monitor

/// A roll-out that halves dropout: two cohorts of five clinics in one region, four clinics never and one of three clients in
/// another.
enum RolloutFiles {
    static let first = Month("2023-07") ?? .first
    static let months = 30
    /// By clinic: the month index of its start.
    static let clinics: [(code: String, start: Int?)] =
        (1...5).map { ("QS-00\($0)", 12) } + (6...9).map { ("QS-00\($0)", 18) } + [("QS-010", 18)]
        + (1...4).map { ("YH-00\($0)", nil) } + [("YH-005", nil)]

    static let sites =
        "site,name,region,region_name\n"
        + clinics.map { code, _ in
            "\(code),Clinic \(code),\(code.prefix(2)),\(code.hasPrefix("QS") ? "Qingshan" : "Yunhe")\n"
        }.joined()

    static func clients(_ code: String) -> Int { code == "YH-005" ? 3 : 200 }

    static func dropouts(_ place: Int, _ month: Int) -> Int {
        let (code, start) = clinics[place]
        if code == "YH-005" { return 0 }
        let usual = 20 + (3 * place + 5 * month * (place + 1) + month * month) % 7 - 3
        return start.map { month >= $0 } == true ? usual / 2 : usual
    }

    static let reports =
        SeriesReports.header
        + clinics.indices.flatMap { place in
            (0..<months).map { month in
                SeriesReports.row(
                    clinics[place].code, first + month, Double(dropouts(place, month)),
                    clients: clients(clinics[place].code))
            }
        }.joined()

    static func rollouts(indicator: String = "dropout_rate") -> String {
        "rollout,site,name,starts_on,phase_in_months,indicator\n"
            + clinics.map { code, start in
                "MI,\(code),Training,\(start.map { (first + $0).date(day: 1) } ?? ""),0,\(indicator)\n"
            }.joined()
    }
}
