import Ingest
import Postgres

/// Reads counts: each function runs one statement of `sql/counts` and gives its rows a type. No figure is made here.
struct Counts: Sendable {
    let sql: SQLFolder
    /// Whose rights the counts are read with; nil: the programme's own.
    var account: String?
    let kept = KeptCounts()

    /// What kept counts depend on.
    func tag(_ cut: DataCut) -> String {
        ["\(cut.version)", cut.today, cut.asOf ?? "", account ?? ""].joined(separator: " ")
    }

    /// Nil where the place is not known, or not the reader's.
    func scope(_ place: Scope.Place, _ connection: borrowing Connection) throws -> Scope? {
        let codes: [String?]
        switch place {
        case .programme: return .programme
        case .region(let code): codes = [code, nil]
        case .site(let code): codes = [nil, code]
        }
        guard codes.compactMap(\.self).allSatisfy({ $0.wholeMatch(of: /[A-Za-z0-9._\-]{1,20}/) != nil }) else {
            return nil
        }
        return try connection.query(sql.text("counts/scope.sql"), codes).first { row in
            let regionCode = try row.text("region_code")
            let regionName = BilingualName(
                name: try row.text("region_name") ?? "", chinese: try row.text("region_name_zh"))
            return Scope(
                place: place, regionID: try row.int("region_id"), siteID: try row.int("site_id"),
                name: BilingualName(name: try row.text("name") ?? "", chinese: try row.text("name_zh")),
                region: regionCode.map { ($0, regionName) })
        }
    }

    func dataCut(_ scope: Scope, _ connection: borrowing Connection) throws -> DataCut {
        try connection.query(sql.text("counts/data_cut.sql"), scope.parameters).first { row in
            DataCut(
                version: try row.integer("version"), today: try row.string("today"),
                receivedUntil: try row.text("received_until"), asOf: try row.text("as_of"),
                firstMonth: try row.text("first_month").flatMap { Month($0) },
                lastMonth: try row.text("last_month").flatMap { Month($0) },
                provenances: try row.string("provenances").split(separator: " ").map(String.init),
                unmasked: try row.string("unmasked"))
        } ?? DataCut(version: 0, today: "", receivedUntil: nil, firstMonth: nil, lastMonth: nil, provenances: [])
    }

    func definitions(_ connection: borrowing Connection) throws -> [Definition] {
        try connection.query(sql.text("counts/definitions.sql")).map { row in
            Definition(
                indicator: try row.string("indicator"), version: try row.integer("version"),
                kind: Definition.Kind(rawValue: try row.string("kind")) ?? .count, per: try row.double("per") ?? 1,
                windowMonths: try row.integer("window_months"),
                higherIs: Definition.Direction(rawValue: try row.string("higher_is")) ?? .neutral,
                numerator: try row.string("numerator"), denominator: try row.text("denominator"),
                source: try row.string("source"), inForceFrom: try row.string("in_force_from"))
        }
    }

    /// By indicator and month.
    func series(_ scope: Scope, _ connection: borrowing Connection) throws -> [String: [Month: Count]] {
        var series: [String: [Month: Count]] = [:]
        _ = try connection.query(sql.text("counts/series.sql"), scope.parameters).map { row in
            series[try row.string("indicator"), default: [:]][try row.month("month")] = try row.count(
                sites: row.integer("sites"))
        }
        return series
    }

    /// By region, site number, indicator and month.
    func siteSeries(
        regions: [Int]?, indicators: [String], _ connection: borrowing Connection
    ) throws -> [Int: [Int: [String: [Month: Count]]]] {
        var series: [Int: [Int: [String: [Month: Count]]]] = [:]
        let parameters = [regions.map(RegionCounts.list), "{\(indicators.joined(separator: ","))}"]
        _ = try connection.query(sql.text("counts/site_series.sql"), parameters).map { row in
            series[try row.integer("region_id"), default: [:]][try row.integer("site_id"), default: [:]][
                try row.string("indicator")] = try row.countsByMonth()
        }
        return series
    }

    func sites(_ scope: Scope, _ connection: borrowing Connection) throws -> [Site] {
        try connection.query(sql.text("counts/sites.sql"), [scope.parameters[0]]).map { row in
            Site(
                id: try row.integer("site_id"), code: try row.string("code"),
                name: BilingualName(name: try row.string("name"), chinese: try row.text("name_zh")),
                regionCode: try row.string("region_code"),
                regionName: BilingualName(name: try row.string("region_name"), chinese: try row.text("region_name_zh")))
        }
    }

    /// By region, site number and month.
    func reportStates(
        regions: [Int], _ connection: borrowing Connection
    ) throws -> [Int: [Int: [Month: ReportState]]] {
        var states: [Int: [Int: [Month: ReportState]]] = [:]
        _ = try connection.query(sql.text("counts/report_states.sql"), [RegionCounts.list(regions)]).map { row in
            states[try row.integer("region_id"), default: [:]][try row.integer("site_id")] = try row.reportsByMonth()
        }
        return states
    }

    func flows(_ scope: Scope, _ connection: borrowing Connection) throws -> [Flow] {
        try connection.query(sql.text("counts/flows.sql"), scope.parameters).map { row in
            var fields: [String: Int] = [:]
            for field in Flow.inward + Flow.outward { fields[field] = try row.int(field) }
            return Flow(month: try row.month("month"), fields: fields, people: try row.double("people"))
        }
    }

    func versions(_ scope: Scope, _ connection: borrowing Connection) throws -> [ReportVersion] {
        try connection.query(sql.text("counts/versions.sql"), [scope.parameters[1]]).map { row in
            ReportVersion(
                month: try row.month("month"), version: try row.integer("version"),
                isCurrent: try row.bool("is_current"), arrivedAt: try row.string("arrived_at"),
                isInTime: try row.bool("in_time"), fileName: try row.text("file_name") ?? "",
                line: try row.integer("line"), receipt: try row.integer("receipt_id"),
                sha256: try row.text("sha256"))
        }
    }

    func flags(_ scope: Scope, _ connection: borrowing Connection) throws -> [ReportFlag] {
        try connection.query(sql.text("counts/flags.sql"), [scope.parameters[1]]).map { row in
            ReportFlag(
                month: try row.month("month"), code: try row.string("code"), seen: try row.double("seen"),
                expected: try row.double("expected"), field: try row.text("field"), english: try row.text("text_en"),
                chinese: try row.text("text_zh"))
        }
    }
}

extension Row {
    func month(_ column: String) throws -> Month {
        try required(column, Month(try string(column)))
    }

    /// The months of a list of dates.
    func months(_ column: String) throws -> [Month] {
        try elements(column) { Month(bytes: $0) }.map { try required(column, $0) }
    }

    /// Counts by month of a row of lists.
    func countsByMonth() throws -> [Month: Count] {
        let (numerators, denominators) = (try numbers("numerators"), try numbers("denominators"))
        let (people, sites) = (try numbers("people"), try numbers("sites"))
        return try Dictionary(
            uniqueKeysWithValues: months("months").enumerated().map { place, month in
                let count = Count(
                    numerator: numerators[place], denominator: denominators[place], people: people[place],
                    sites: sites[place].map { Int($0) } ?? 0)
                return (month, count)
            })
    }

    /// What became of a clinic's reports, of a row of lists.
    fileprivate func reportsByMonth() throws -> [Month: ReportState] {
        let (states, arrivedOn) = (try texts("states"), try texts("arrived_on"))
        let (expected, isEmpty) = (try bools("expected"), try bools("is_empty"))
        let (versions, flags) = (try numbers("versions"), try numbers("flags"))
        return try Dictionary(
            uniqueKeysWithValues: months("months").enumerated().map { place, month in
                let report = ReportState(
                    state: states[place] ?? "", isExpected: expected[place], versions: Int(versions[place] ?? 0),
                    arrivedOn: arrivedOn[place], flags: Int(flags[place] ?? 0), isEmpty: isEmpty[place])
                return (month, report)
            })
    }

    fileprivate func count(sites: Int) throws -> Count {
        Count(
            numerator: try double("numerator"), denominator: try double("denominator"), people: try double("people"),
            sites: sites)
    }
}
