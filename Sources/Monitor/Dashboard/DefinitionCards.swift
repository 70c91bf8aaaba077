import Words

/// What each number means, from the definitions in force.
struct DefinitionCards: Sendable, Encodable {
    struct Card: Sendable, Encodable {
        let id, name, plain, formula, numerator, denominator, unit, caveat, not, source, version, inForce: String
    }
    let title, sentence: String
    let cards: [Card]

    init(_ definitions: [Definition], _ words: Words) {
        title = words("definitions.title")
        sentence = words.counted("definitions.sentence", definitions.count)
        cards = definitions.map { definition in
            func text(_ part: String) -> String { words("indicator.\(definition.indicator).\(part)") }
            return Card(
                id: definition.indicator, name: text("name"), plain: text("plain"),
                formula: Self.formula(definition, words), numerator: text("numerator"),
                denominator: definition.kind == .count ? words("definitions.no_denominator") : text("denominator"),
                unit: text("unit"), caveat: text("caveat"), not: text("not"), source: definition.source,
                version: words("definitions.version", ["version": "\(definition.version)"]),
                inForce: words("definitions.in_force", ["date": definition.inForceFrom]))
        }
    }

    /// In columns of the monthly report, so that a clerk and an analyst can follow it.
    private static func formula(_ definition: Definition, _ words: Words) -> String {
        guard let denominator = definition.denominator else { return definition.numerator }
        let per = definition.per == 1 ? "" : "\(Int(definition.per)) × "
        return "\(per)(\(definition.numerator)) / (\(denominator))"
    }
}
