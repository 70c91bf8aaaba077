import Ingest
import Metrics
import Postgres

/// Each function runs one statement of `sql/counts` and gives its rows a type.
extension Counts {
    /// The programme's own.
    func programmeFollowUp(
        _ key: FollowUpKey, _ cut: DataCut, _ connection: borrowing Connection
    ) throws -> ProgrammeFollowUp {
        try kept.followUps.value(key, tag: tag(cut)) { try ProgrammeFollowUp(key, self, connection) }
    }

    func retentionDefinition(_ connection: borrowing Connection) throws -> RetentionDefinition? {
        try connection.query(sql.text("counts/retention_definition.sql")).first { row in
            RetentionDefinition(
                version: try row.integer("version"), rule: try row.string("rule"),
                followsEverybody: try row.string("follows") == "everybody",
                windowMonths: try row.integer("window_months"), fewestAtRisk: try row.number("fewest_at_risk"))
        }
    }

    /// Nil where there are none.
    func clientRecords(_ scope: Scope, _ connection: borrowing Connection) throws -> ClientRecords? {
        try connection.query(sql.text("counts/client_records.sql"), scope.parameters).first { row in
            ClientRecords(sites: try row.integer("sites"), lastDay: try row.text("last_day"))
        }
        .flatMap { $0.sites > 0 ? $0 : nil }
    }

    func stayRules(_ scope: Scope, _ connection: borrowing Connection) throws -> [StayRule] {
        try connection.query(sql.text("counts/stay_rules.sql"), scope.parameters).map { row in
            StayRule(
                name: try row.string("rule"), missedDays: try row.int("missed_days"), sites: try row.integer("sites"),
                firstDay: try row.text("first_day"), lastDay: try row.text("last_day"),
                unknownOrigins: try row.integer("unknown_origins"))
        }
    }

    /// By rule; one rule, or all.
    func stays(
        _ scope: Scope, _ month: Month, rule: String?, _ connection: borrowing Connection
    ) throws -> [String: Stays] {
        var stays: [String: Stays] = [:]
        _ = try connection.query(
            sql.text("counts/stays.sql"), scope.parameters + [month.firstDay, rule]
        ).map { row in
            let group = StayGroup(
                entry: try row.integer("entry"), exit: try row.integer("exit"), reason: try row.string("reason"))
            stays[try row.string("rule"), default: Stays()].clients[group] = try row.integer("clients")
        }
        return stays
    }

    func admitted(
        _ scope: Scope, _ month: Month, _ connection: borrowing Connection
    ) throws -> [String: FollowUpCounts.Admitted] {
        let rows = try connection.query(sql.text("counts/admitted.sql"), scope.parameters + [month.firstDay]).map {
            (
                try $0.string("rule"),
                FollowUpCounts.Admitted(all: try $0.integer("admitted"), staying: try $0.int("staying") ?? 0)
            )
        }
        return Dictionary(rows) { first, _ in first }
    }

    func entryCohorts(
        _ scope: Scope, _ month: Month, rule: String, _ connection: borrowing Connection
    ) throws -> [CohortMonth] {
        try connection.query(
            sql.text("counts/entry_cohorts.sql"), scope.parameters + [month.firstDay, rule]
        ).map { row in
            CohortMonth(
                n: try row.integer("n"), clients: try row.integer("clients"),
                uninterrupted: try row.integer("uninterrupted"), inTreatment: try row.integer("in_treatment"),
                transferred: try row.integer("transferred"), died: try row.integer("died"),
                dropouts: try row.integer("dropouts"), dropoutsSquared: try row.integer("dropouts_squared"))
        }
    }

    /// By rule and month; one rule, or all.
    func treatmentMonths(
        _ scope: Scope, rule: String?, _ connection: borrowing Connection
    ) throws -> [String: [Month: TreatmentMonth]] {
        var months: [String: [Month: TreatmentMonth]] = [:]
        _ = try connection.query(sql.text("counts/treatment_months.sql"), scope.parameters + [rule]).map { row in
            let clients = try row.integer("clients_in_year")
            months[try row.string("rule"), default: [:]][try row.month("month")] = TreatmentMonth(
                sites: try row.integer("sites"), clients: try row.integer("clients"), days: try row.integer("days"),
                exits: try row.integer("exits"), doses: try row.int("doses"), daysOfDosed: try row.int("days_of_dosed"),
                clientsInYear: clients,
                year: ClientSums(
                    clients: Double(clients), events: try row.number("dropouts_in_year"),
                    time: try row.number("days_in_year"), eventsSquared: try row.number("dropouts_squared"),
                    eventsTimesTime: try row.number("dropouts_times_days"), timeSquared: try row.number("days_squared"))
            )
        }
        return months
    }

    /// By stratum of time in treatment.
    func dropoutsByTime(
        _ scope: Scope, _ month: Month, rule: String, _ connection: borrowing Connection
    ) throws -> [Int: DropoutStratum] {
        let rows = try connection.query(
            sql.text("counts/dropouts_by_time.sql"), scope.parameters + [month.firstDay, rule]
        ).map {
            (
                try $0.integer("stratum"),
                DropoutStratum(days: try $0.number("days"), dropouts: try $0.number("dropouts"))
            )
        }
        return Dictionary(rows) { first, _ in first }
    }

    func testYears(_ scope: Scope, _ connection: borrowing Connection) throws -> [Month: TestYear] {
        let rows = try connection.query(sql.text("counts/test_years.sql"), scope.parameters).map { row in
            (try row.month("month"), try row.testYear())
        }
        return Dictionary(rows) { first, _ in first }
    }

    func behaviours(_ scope: Scope, _ month: Month, _ connection: borrowing Connection) throws -> [BehaviourPair] {
        try connection.query(sql.text("counts/behaviours.sql"), scope.parameters + [month.firstDay]).map { row in
            BehaviourPair(
                instrument: try row.string("instrument"), visitMonth: try row.integer("visit_month"),
                higherIs: Definition.Direction(rawValue: try row.string("higher_is")) ?? .neutral,
                asked: try row.integer("asked"), due: try row.integer("due"), followed: try row.integer("followed"),
                yesBefore: try row.integer("yes_before"), yesAfter: try row.integer("yes_after"),
                yesBoth: try row.integer("yes_both"), lostYesBefore: try row.integer("lost_yes_before"))
        }
    }

    func scores(_ scope: Scope, _ connection: borrowing Connection) throws -> [ScoreMonth] {
        try connection.query(sql.text("counts/scores.sql"), scope.parameters).map { row in
            ScoreMonth(
                role: try row.string("role"), instrument: try row.string("instrument"), month: try row.month("month"),
                people: try row.integer("people"), sum: try row.number("score_sum"),
                squares: try row.number("score_square"))
        }
    }

    func providers(
        _ scope: Scope, from first: Month, to last: Month, _ connection: borrowing Connection
    ) throws -> [ProviderMonth] {
        try connection.query(
            sql.text("counts/providers.sql"), scope.parameters + [first.firstDay, last.firstDay]
        ).map { row in
            ProviderMonth(
                month: try row.month("month"), providers: try row.integer("providers"),
                clients: try row.integer("clients"))
        }
    }
}

extension Row {
    fileprivate func number(_ column: String) throws -> Double {
        try required(column, double(column))
    }

    fileprivate func testYear() throws -> TestYear {
        let (tests, positive) = (try integer("tests"), try integer("positive"))
        let (invalid, missed) = (try integer("invalid"), try integer("missed"))
        return TestYear(
            clients: try integer("clients"), clientsPositive: try integer("clients_positive"), tests: tests,
            positive: positive, invalid: invalid, missed: missed,
            sums: TestSums(
                clients: try number("clients"), positive: Double(positive), tests: Double(tests),
                positiveSquared: try number("positive_squared"),
                positiveTimesTests: try number("tests_times_positive"), testsSquared: try number("tests_squared")),
            atWorst: TestSums(
                clients: try number("clients_due"), positive: Double(positive + invalid + missed),
                tests: Double(tests + invalid + missed), positiveSquared: try number("at_worst_squared"),
                positiveTimesTests: try number("due_times_at_worst"), testsSquared: try number("due_squared")),
            shares: try number("shares") / 1e6, sharesSquared: try number("shares_squared") / 1e12,
            clientsFollowed: try integer("clients_followed"), clientsRelapsed: try integer("clients_relapsed"))
    }
}
