import Metrics
import Words

/// An analysis of survival for a terminal.
struct SurvivalText {
    let analysis: SurvivalAnalysis
    let words: Words

    private var numbers: NumberText { NumberText(words: words) }

    var text: String {
        ([words("survival.people", ["people": words.grouped(analysis.people)]), ""] + groups + [""] + comparison)
            .joined(separator: "\n")
    }

    private var groups: [String] {
        let times = analysis.groups.first?.shares.map(\.time) ?? []
        let head =
            [words("survival.group"), words("table.clients"), words("survival.events")]
            + times.map { words("survival.share", ["time": plain($0)]) }
            + [words("survival.median"), words("survival.mean", ["horizon": plain(analysis.horizon)])]
        let rows = analysis.groups.map { group in
            [group.group, words.grouped(group.people), words.grouped(group.events)]
                + group.shares.map { text($0.share, times: 100) }
                + [quantile(group.median), text(group.restrictedMean, times: 1)]
        }
        return TextTable.lines([head] + rows) + analysis.groups.flatMap(incidence)
    }

    /// Where several reasons compete, how many have gone for each.
    private func incidence(_ group: SurvivalAnalysis.Group) -> [String] {
        guard let reasons = group.shares.first?.gone.keys.sorted(), !reasons.isEmpty else { return [] }
        let head =
            [words("survival.gone", ["group": group.group])]
            + group.shares.map { words("survival.share", ["time": plain($0.time)]) }
        let rows = reasons.map { reason in
            [reason] + group.shares.map { share in share.gone[reason].map { text($0, times: 100) } ?? "" }
        }
        return [""] + TextTable.lines([head] + rows)
    }

    private var comparison: [String] {
        var lines: [String] = []
        if let test = analysis.logRank { lines.append(words("survival.log_rank", values(test))) }
        for (reason, test) in analysis.gray.sorted(by: { $0.key < $1.key }) {
            lines.append(words("survival.gray", values(test).merging(["reason": reason]) { own, _ in own }))
        }
        guard let model = analysis.model else { return lines }
        if let reason = model.unavailable {
            return lines + [words("survival.model.none", ["reason": words("unavailable.\(reason)")])]
        }
        let head = ["survival.covariate", "survival.hazard_ratio", "survival.p", "survival.proportional"].map {
            words($0)
        }
        let rows = model.coefficients.map { row in
            [
                row.covariate,
                "\(number(row.hazardRatio)) (\(number(row.low))–\(number(row.high)))", numbers.probability(row.p),
                row.proportional.p.map(numbers.probability) ?? "",
            ]
        }
        return lines + [""] + TextTable.lines([head] + rows) + warnings(model)
    }

    /// What a reader must not overlook: one ratio does not tell of hazards that cross.
    private func warnings(_ model: SurvivalAnalysis.Model) -> [String] {
        model.coefficients.filter { ($0.proportional.p ?? 1) < 0.05 }.map {
            words(
                "survival.not_proportional",
                ["covariate": $0.covariate, "p": numbers.probability($0.proportional.p ?? 0)])
        }
    }

    private func values(_ test: SurvivalAnalysis.Test) -> [String: String] {
        [
            "statistic": numbers.number(test.statistic, digits: 2), "degrees": "\(test.degrees)",
            "p": test.p.map(numbers.probability) ?? "",
        ]
    }

    private func text(_ figure: SurvivalAnalysis.Figure, times scale: Double) -> String {
        if let reason = figure.unavailable { return words("unavailable.\(reason)") }
        let numbers = [figure.value, figure.low, figure.high].map { $0.map { number($0 * scale, digits: 1) } ?? "–" }
        return "\(numbers[0]) (\(numbers[1])–\(numbers[2]))"
    }

    private func quantile(_ figure: SurvivalAnalysis.Figure) -> String {
        let none = words("retention.not_reached")
        let numbers = [figure.value, figure.low, figure.high].map { $0.map(plain) ?? none }
        return figure.value == nil ? none : "\(numbers[0]) (\(numbers[1])–\(numbers[2]))"
    }

    private func number(_ value: Double, digits: Int = 2) -> String { numbers.number(value, digits: digits) }
    private func plain(_ value: Double) -> String { numbers.amount(value) }
}
