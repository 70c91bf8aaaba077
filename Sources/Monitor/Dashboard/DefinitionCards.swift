import Postgres
import Words

/// A version of a definition, as the database holds it.
struct DefinitionVersion: Sendable, Equatable {
    let indicator: String
    let version: Int
    let inForceFrom: String
    let source: String
    /// Of an indicator: its formula in columns of the monthly report.
    let formula: String?
    /// Of retention from client records.
    let retention: Retention?

    struct Retention: Sendable, Equatable {
        let rule: String
        let follows: String
        let windowMonths: Int
        let fewestAtRisk: Int
    }
}

/// What each number means, from the definitions in force, with every version that there has been.
struct DefinitionCards: Sendable, Encodable {
    struct Version: Sendable, Encodable {
        let version, inForce, formula, source: String
    }
    struct Card: Sendable, Encodable {
        let id, name, plain, formula, numerator, denominator, unit, caveat, not, source, version, inForce: String
        /// The newest first.
        let versions: [Version]
    }
    let title, sentence: String
    let cards: [Card]

    /// Panels made from client records that have a card of their own.
    static let ofFollowUp = PanelName.ofFollowUp.filter { $0 != .rules }

    init(_ definitions: [Definition], _ versions: [DefinitionVersion], _ words: Words) {
        title = words("definitions.title")
        let byIndicator = Dictionary(grouping: versions, by: \.indicator)
        cards =
            definitions.map { Self.card($0, byIndicator[$0.indicator] ?? [], words) }
            + Self.ofFollowUp.map { Self.card($0, byIndicator[PanelName.retention.rawValue] ?? [], words) }
        sentence = words.counted("definitions.sentence", cards.count)
    }

    private static func card(_ definition: Definition, _ versions: [DefinitionVersion], _ words: Words) -> Card {
        func text(_ part: String) -> String { words("indicator.\(definition.indicator).\(part)") }
        return Card(
            id: definition.indicator, name: text("name"), plain: text("plain"),
            formula: formula(definition.numerator, definition.denominator, per: definition.per),
            numerator: text("numerator"),
            denominator: definition.kind == .count ? words("definitions.no_denominator") : text("denominator"),
            unit: text("unit"), caveat: text("caveat"), not: text("not"), source: definition.source,
            version: words("definitions.version", ["version": "\(definition.version)"]),
            inForce: words("definitions.in_force", ["date": definition.inForceFrom]),
            versions: versions.map { version($0, words) })
    }

    /// All panels of client records follow one definition: whom, how long, under which rule.
    private static func card(_ panel: PanelName, _ versions: [DefinitionVersion], _ words: Words) -> Card {
        func text(_ part: String) -> String { words("measure.\(panel.rawValue).\(part)") }
        let current = versions.first
        return Card(
            id: panel.rawValue, name: text("name"), plain: text("plain"), formula: text("formula"),
            numerator: text("numerator"), denominator: text("denominator"), unit: text("unit"),
            caveat: text("caveat"), not: text("not"), source: text("source"),
            version: words("definitions.version", ["version": "\(current?.version ?? 0)"]),
            inForce: words("definitions.in_force", ["date": current?.inForceFrom ?? ""]),
            versions: versions.map { version($0, words) })
    }

    private static func version(_ version: DefinitionVersion, _ words: Words) -> Version {
        let retention = version.retention.map {
            words(
                "definitions.retention.\($0.follows)",
                ["rule": $0.rule, "window": "\($0.windowMonths)", "fewest": "\($0.fewestAtRisk)"])
        }
        return Version(
            version: words("definitions.version", ["version": "\(version.version)"]),
            inForce: words("definitions.in_force", ["date": version.inForceFrom]),
            formula: version.formula ?? retention ?? "", source: version.source)
    }

    /// In columns of the monthly report, so that a clerk and an analyst can follow it.
    static func formula(_ numerator: String, _ denominator: String?, per: Double) -> String {
        guard let denominator else { return numerator }
        return "\(per == 1 ? "" : "\(Int(per)) × ")(\(numerator)) / (\(denominator))"
    }
}

extension Counts {
    func definitionVersions(_ connection: borrowing Connection) throws -> [DefinitionVersion] {
        try connection.query(sql.text("counts/definition_versions.sql")).map { row in
            let (numerator, denominator) = (try row.text("numerator"), try row.text("denominator"))
            let per = try row.double("per") ?? 1
            return DefinitionVersion(
                indicator: try row.string("indicator"), version: try row.integer("version"),
                inForceFrom: try row.string("in_force_from"), source: try row.string("source"),
                formula: numerator.map { DefinitionCards.formula($0, denominator, per: per) },
                retention: try row.text("rule").map { rule in
                    DefinitionVersion.Retention(
                        rule: rule, follows: try row.string("follows"), windowMonths: try row.integer("window_months"),
                        fewestAtRisk: try row.integer("fewest_at_risk"))
                })
        }
    }
}
