import Ingest
import Metrics
import Words

/// What this roll-out can support, and what could look like its effect.
extension RolloutWriter {
    func designPanel() -> Panel? {
        Panel(
            id: RolloutPanelName.design.rawValue, kind: .table, title: words("rollout.design.title"),
            sentence: words("rollout.design.sentence"), caveat: words("rollout.design.caveat"),
            columns: columns([
                ("label", "trial.column.what"), ("text", "rollout.column.here"), ("noteText", "trial.column.means"),
            ]),
            rows: designRows, links: links(.design))
    }

    private var designRows: [PanelRow] {
        let cohorts = (try? study.get())?.differences.cohorts ?? []
        let few = cohorts.count { $0.sites < StaggeredDifferences.fewestSitesOfCohort }
        return [
            designRow("clinics", "\(rollout.clinics)"),
            designRow("never", "\(rollout.clinics - rollout.planned)"),
            designRow("cohorts", words.counted("rollout.design.cohorts.text", few, ["all": "\(cohorts.count)"])),
            designRow("indicator", standingShort), designRow("order", orderText),
            designRow("together", words("rollout.design.together.text")),
        ]
    }

    private func designRow(_ key: String, _ text: String) -> PanelRow {
        [
            "measure": .text(key), "label": .text(words("rollout.design.\(key)")), "text": .text(text),
            "noteText": .text(words("rollout.design.\(key).means")), "state": .text(Cell.State.value.rawValue),
        ]
    }

    private var standingShort: String { words("rollout.standing.\(read.standing.rawValue).short") }

    /// Whether those that began first were the worst before: then they would have come nearer to the others by themselves.
    private var orderText: String {
        guard let record = read.record, let first = record.firstStart else { return words("rollout.order.unknown") }
        let starts = record.sites.compactMap(\.start).sorted()
        let middle = starts[starts.count / 2]
        let early = record.sites.indices.filter { (record.sites[$0].start ?? .max) < middle }
        let others = record.sites.indices.filter { (record.sites[$0].start ?? .max) >= middle }
        let year = first - 12..<first
        let (one, other) = (record.sums(early, year), record.sums(others, year))
        // Of a handful of people a difference would tell what is hidden: a group is at least two clinics.
        guard early.count > 1, others.count > 1, one.denominator > 0, other.denominator > 0 else {
            return words("rollout.order.unknown")
        }
        let text = { (sums: (numerator: Double, denominator: Double)) in
            numbers.number(sums.numerator / sums.denominator * definition.per, digits: definition.digits)
        }
        return words(
            "rollout.order.text",
            ["early": text(one), "others": text(other), "unit": definition.unit(words), "clinics": "\(early.count)"])
    }
}
