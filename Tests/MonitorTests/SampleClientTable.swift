import Ingest

@testable import Monitor

/// The sample's client records read back, and counted as a clinic counts for its report: without any of the code that
/// wrote them.
struct SampleClientTable {
    typealias Row = [String: String]

    let episodes: [Row]
    let doses: [Row]
    let tests: [Row]
    let assessments: [Row]
    let providers: [Row]

    /// The stays as known in the end: of several versions the one that came last.
    let stays: [Row]

    init(_ files: [SampleFile]) {
        func rows(_ kind: String) -> [Row] {
            files.filter { $0.name.hasPrefix("clients_\(kind)") }.flatMap(Self.rows)
        }
        (episodes, doses, tests) = (rows("episodes"), rows("doses"), rows("urine"))
        (assessments, providers) = (rows("assessments"), rows("providers"))
        var last: [[String?]: Row] = [:]
        for row in episodes { last[[row["site"], row["client"], row["started_on"]]] = row }
        stays = Array(last.values)
    }

    private static func rows(_ file: SampleFile) -> [Row] {
        let lines = String(decoding: file.bytes, as: UTF8.self).split(separator: "\n")
        guard let header = lines.first?.split(separator: ",").map(String.init) else { return [] }
        return lines.dropFirst().map { line in
            let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            return Row(uniqueKeysWithValues: zip(header, cells))
        }
    }

    /// What the report of a clinic and month should say, by column; sheets only where there are any.
    func counts() -> [SampleTable.Key: [SampleColumn: Int]] {
        var counts: [SampleTable.Key: [SampleColumn: Int]] = [:]
        func add(_ site: String?, _ date: String, _ column: SampleColumn, _ number: Int = 1) {
            let key = SampleTable.Key(site: site ?? "", month: String(date.prefix(7)))
            counts[key, default: [:]][column, default: 0] += number
        }
        let entries: [String: SampleColumn] = [
            "new": .new, "readmitted": .readmitted, "transferred_in": .transferredIn,
        ]
        for stay in stays {
            if let column = entries[stay["entry"] ?? ""] { add(stay["site"], stay["started_on"] ?? "", column) }
            guard let ended = stay["ended_on"], !ended.isEmpty else { continue }
            let exit = SampleExit.allCases.first { "\($0)" == stay["exit_reason"] }
            if let exit { add(stay["site"], ended, exit.column) }
        }
        var dosed: Set<[String]> = []
        for dose in doses {
            let (site, day, doseMg) = (dose["site"] ?? "", dose["dosed_on"] ?? "", Int(dose["dose_mg"] ?? "") ?? 0)
            add(site, day, .clientDays)
            add(site, day, .methadoneMg, doseMg)
            let client = [site, dose["client"] ?? "", String(day.prefix(7))]
            if dosed.insert(client).inserted { add(site, day, .clientsDosed) }
        }
        var met: Set<[String]> = []
        for test in tests {
            let (site, day, result) = (test["site"] ?? "", test["collected_on"] ?? "", test["result"] ?? "")
            let client = [site, test["client"] ?? "", String(day.prefix(7))]
            add(site, day, .testsScheduled)
            guard result != "missed" else { continue }
            add(site, day, .testsDone)
            if met.insert(client + ["tested"]).inserted { add(site, day, .clientsTested) }
            guard result == "positive" else { continue }
            add(site, day, .testsPositive)
            if met.insert(client + ["positive"]).inserted { add(site, day, .clientsPositive) }
        }
        return counts
    }

    /// Clients in treatment before the first day of a month.
    func opening(_ site: String, _ month: Month) -> Int {
        let first = month.firstDay
        return stays.count { stay in
            let ended = stay["ended_on"] ?? ""
            return stay["site"] == site && (stay["started_on"] ?? "") < first && (ended.isEmpty || ended >= first)
        }
    }
}
