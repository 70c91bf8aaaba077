import Metrics
import Words

/// A comparison in sentences: how many clinics, how many would stand out by chance alone, how many do.
struct CompareWords {
    let comparison: SiteComparison
    let scope: Scope
    let words: Words

    private var numbers: NumberText { NumberText(words: words) }
    private var definition: Definition { comparison.definition }
    private var shown: [SiteComparison.Entry] { comparison.entries(of: scope) }
    var compared: [SiteComparison.Entry] { shown.filter { $0.cell.state == .value } }
    private var marked: Int { compared.count { comparison.direction($0) != "none" } }

    var values: [String: String] {
        [
            "name": definition.name(words), "month": numbers.month(comparison.month), "unit": definition.unit(words),
            "whole": numbers.withInterval(comparison.whole, definition), "sites": words.grouped(compared.count),
            "place": scope.title(words),
        ]
    }

    /// The finding.
    var title: String {
        comparison.funnel == nil
            ? words("comparison.title.nothing", values) : words.counted("comparison.title", marked, values)
    }

    /// The clinic that differs most clearly.
    var listTitle: String {
        guard let first = compared.first, comparison.funnel != nil else { return title }
        return words.counted(
            "comparison.list.title", marked,
            values.merging([
                "first": first.site.name.text(in: words.language),
                "figure": numbers.withInterval(first.cell, definition),
            ]) { own, _ in own })
    }

    /// The line that says what chance alone would do, and what is.
    var lead: String { joined([comparison.funnel.map(byChance), comparison.funnel == nil ? nothing : nil, absent]) }

    /// What the limits are, and who passes them.
    var sentence: String {
        guard let funnel = comparison.funnel else { return nothing }
        return joined([byChance(funnel), spread(funnel), discoveries])
    }

    /// The same beneath the line that says what chance alone would do.
    var sentenceUnderLead: String { comparison.funnel.map { joined([spread($0), discoveries]) } ?? nothing }

    /// What there is room for on a page of many panels.
    var shortSentence: String { comparison.funnel.map { joined([byChance($0), discoveries]) } ?? nothing }

    /// Who is marked, and who could not be.
    var listSentence: String { comparison.funnel == nil ? nothing : joined([discoveries, absent]) }

    private var nothing: String { words("comparison.sentence.nothing", values) }

    func joined(_ sentences: [String?]) -> String {
        sentences.compactMap(\.self).joined(separator: words("comparison.between_sentences"))
    }

    private func byChance(_ funnel: FunnelPlot) -> String {
        func seen(_ level: (FunnelPlot.Site) -> Interval) -> String {
            words.grouped(compared.count { isOutside($0, $0.inFunnel.map(level)) })
        }
        func expected(_ level: (FunnelPlot.Site) -> Interval) -> String {
            let expected = compared.reduce(0) { sum, entry in
                guard let figure = entry.cell.estimate, let limits = entry.inFunnel else { return sum }
                return sum + (funnel.chance(ofBeingOutside: level(limits), size: comparison.size(figure)) ?? 0)
            }
            return numbers.number(expected, digits: expected < 0.1 ? 2 : 1)
        }
        return words(
            "comparison.by_chance",
            values.merging([
                "expected": expected(\.inner), "seen": seen(\.inner), "expectedOuter": expected(\.outer),
                "seenOuter": seen(\.outer),
            ]) { own, _ in own })
    }

    /// Whether clinics differ by more than chance, by how much, and what is left when that is allowed for.
    private func spread(_ funnel: FunnelPlot) -> String {
        let key =
            funnel.betweenVariance > 0 ? "comparison.spread.\(definition.kind.rawValue)" : "comparison.spread.none"
        let typical = funnel.typicalDifference * 100
        return words(
            key,
            [
                "phi": numbers.number(funnel.overdispersion, digits: 2),
                "tau": numbers.number(funnel.betweenVariance, digits: 4),
                "typical": numbers.number(typical, digits: typical < 10 ? 1 : 0),
                "all": words.grouped(funnel.sites.count),
                "seen": words.grouped(compared.count { isOutside($0, comparison.wideLimits($0)?.inner) }),
            ])
    }

    private var discoveries: String {
        words.counted("comparison.discoveries", marked, ["all": words.grouped(comparison.funnel?.sites.count ?? 0)])
    }

    /// Clinics that have no figure, which must not be taken for clinics that do not stand out.
    private var absent: String? {
        let count = shown.count - compared.count
        return count == 0 ? nil : words.counted("comparison.absent", count)
    }

    /// A clinic so large that it draws the programme's line to itself.
    var dominant: String? {
        guard let whole = comparison.whole.estimate, whole.denominator > 0,
            let largest = comparison.entries.max(by: {
                ($0.cell.estimate?.denominator ?? 0) < ($1.cell.estimate?.denominator ?? 0)
            }),
            let size = largest.cell.estimate?.denominator, size > Self.dominantShare * whole.denominator
        else { return nil }
        return words(
            "comparison.dominant",
            [
                "site": largest.site.name.text(in: words.language),
                "share": numbers.number(100 * size / whole.denominator, digits: 0),
            ])
    }

    /// A clinic with more than a fifth of all draws the line to itself (after Spiegelhalter 2005).
    private static let dominantShare = 0.2

    private func isOutside(_ entry: SiteComparison.Entry, _ limits: Interval?) -> Bool {
        guard let figure = entry.cell.estimate, let limits else { return false }
        let ratio = figure.numerator / comparison.size(figure)
        return ratio < limits.lower || ratio > limits.upper
    }
}
