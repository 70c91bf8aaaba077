import Ingest
import Metrics
import Words

/// What the clinic itself does: days on which a dose was taken, clients a provider has, scores of providers and clients.
extension FollowUpWriter {
    /// Nil where nothing of it is reported.
    func servicePanel() -> Panel? {
        let rows = [attendance, clientsPerProvider].compactMap(\.self) + scoreRows
        guard !rows.isEmpty else { return nil }
        return Panel(
            id: PanelName.service.rawValue, kind: .table, title: words("service.title"),
            subtitle: words("service.subtitle", ["month": numbers.month(month)]), sentence: words("service.sentence"),
            caveat: words("service.caveat"),
            columns: [
                ("label", "table.measure"), ("text", "table.last_year"), ("beforeText", "table.year_before"),
                ("basisText", "table.basis"),
            ]
            .map { Panel.Column(key: $0.0, label: words($0.1)) },
            rows: rows, links: links(.service))
    }

    static let serviceFileKeys = ["measure", "label", "state", "value", "low", "high"] + fileKeys(named: "before")

    /// Of the days in treatment under the rule, those with a dose; months added up, each clinic once.
    private var attendance: PanelRow? {
        // Episodes are of days in treatment; doses are held against the stays that doses make.
        let rule =
            counts.rule.missedDays == nil ? counts.rules.first { $0.missedDays != nil && $0.sites > 0 } : counts.rule
        guard let rule, let months = counts.treatment[rule.name] else { return nil }
        func share(_ range: ClosedRange<Month>) -> (Cell, days: Int)? {
            let held = months.filter { range.contains($0.key) }.values
            let (doses, days) = (held.compactMap(\.doses).reduce(0, +), held.compactMap(\.daysOfDosed).reduce(0, +))
            guard days > 0 else { return nil }
            // Everybody is counted: there is no chance in it that an interval could tell of.
            return (
                cell(
                    Mean.census(total: Double(doses), units: Double(days)),
                    people: held.map(\.clients).max() ?? 0), days
            )
        }
        guard let last = share((month - 11)...month) else { return nil }
        return row(
            "attendance", last.0, before: share((month - 23)...(month - 12))?.0, times: 100,
            basis: last.0.estimate == nil
                ? "" : words("service.days", ["days": words.grouped(last.days), "rule": ruleName(rule)]))
    }

    private var clientsPerProvider: PanelRow? {
        func ratio(_ at: Month) -> (Cell, ProviderMonth)? {
            counts.providers.first { $0.month == at }.map { month in
                (
                    cell(
                        Mean.census(total: Double(month.clients), units: Double(month.providers)), people: month.clients
                    ),
                    month
                )
            }
        }
        guard let last = ratio(month) else { return nil }
        return row(
            "clients_per_provider", last.0, before: ratio(month - 12)?.0,
            basis: last.0.estimate == nil
                ? ""
                : words(
                    "service.providers",
                    ["clients": words.grouped(last.1.clients), "providers": words.grouped(last.1.providers)]))
    }

    private var scoreRows: [PanelRow] {
        let instruments = Set(counts.scores.map { "\($0.role).\($0.instrument)" }).sorted()
        return instruments.compactMap { name in
            let held = counts.scores.filter { "\($0.role).\($0.instrument)" == name }
            guard let last = score(held, (month - 11)...month) else { return nil }
            return row(
                "score", last.0, before: score(held, (month - 23)...(month - 12))?.0,
                basis: last.0.estimate == nil ? "" : words("service.people", ["people": words.grouped(last.people)]),
                label: words(
                    "service.score",
                    ["role": words("service.\(held[0].role)"), "instrument": instrument(held[0].instrument)]))
        }
    }

    private func instrument(_ name: String) -> String {
        words.has("instrument.\(name)") ? words("instrument.\(name)") : name.replacing("_", with: " ")
    }

    private func score(_ months: [ScoreMonth], _ range: ClosedRange<Month>) -> (Cell, people: Int)? {
        let held = months.filter { range.contains($0.month) }
        let people = held.reduce(0) { $0 + $1.people }
        guard people > 0 else { return nil }
        let mean = Mean.ofPeople(
            count: Double(people), sum: held.reduce(0) { $0 + $1.sum }, squares: held.reduce(0) { $0 + $1.squares })
        return (cell(mean, people: people), people)
    }

    private func row(
        _ measure: String, _ last: Cell, before: Cell?, times scale: Double = 1, basis: String, label: String? = nil
    ) -> PanelRow {
        let own: PanelRow = [
            "measure": .text(measure), "label": .text(label ?? words("service.\(measure)")), "basisText": .text(basis),
        ]
        return own.merging(items(last, times: scale)) { own, _ in own }
            .merging(items(before ?? Cell(.notReported), named: "before", times: scale)) { own, _ in own }
    }
}
