import Ingest
import Metrics
import Postgres

/// What client records tell of a scope up to a month, read in the page's transaction: counts over clients, and nobody's
/// own record.
struct FollowUpCounts: Sendable {
    let definition: RetentionDefinition
    let rules: [StayRule]
    /// The rule that is shown.
    let rule: StayRule
    /// By rule.
    let stays: [String: Stays]
    let admitted: [String: Admitted]
    let cohorts: [CohortMonth]
    /// By rule and month.
    let treatment: [String: [Month: TreatmentMonth]]
    let strata: [Int: DropoutStratum]
    let tests: [Month: TestYear]
    let behaviours: [BehaviourPair]
    let scores: [ScoreMonth]
    let providers: [ProviderMonth]

    /// Stays that ever began, and those of them that go on.
    struct Admitted: Sendable, Equatable {
        let all: Int
        let staying: Int
    }

    /// - Parameter rule: nil: the one that the definition opens with; where clinics report no episodes, the first that
    ///   their doses tell of.
    /// - Returns: nil where there is nothing to show.
    /// - Throws: `UnknownRule`.
    init?(
        _ scope: Scope, _ month: Month, rule name: String?, _ counts: Counts, _ connection: borrowing Connection
    ) throws {
        guard let definition = try counts.retentionDefinition(connection) else { return nil }
        let rules = try counts.stayRules(scope, connection)
        let usual = rules.first { $0.name == definition.rule && $0.sites > 0 } ?? rules.first { $0.sites > 0 }
        if let name, !rules.contains(where: { $0.name == name }) { throw UnknownRule(rule: name) }
        guard let rule = rules.first(where: { $0.name == name }) ?? usual ?? rules.first else { return nil }
        (self.definition, self.rules, self.rule) = (definition, rules, rule)
        stays = try counts.stays(scope, month, rule: nil, connection)
        admitted = try counts.admitted(scope, month, connection)
        cohorts = try counts.entryCohorts(scope, month, rule: rule.name, connection)
        treatment = try counts.treatmentMonths(scope, rule: nil, connection)
        strata = try counts.dropoutsByTime(scope, month, rule: rule.name, connection)
        tests = try counts.testYears(scope, connection)
        behaviours = try counts.behaviours(scope, month, connection)
        scores = try counts.scores(scope, connection)
        providers = try counts.providers(scope, from: month - 23, to: month, connection)
    }
}
