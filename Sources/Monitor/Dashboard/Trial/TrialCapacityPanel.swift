import Metrics
import Words

/// What this trial can tell, whatever it finds.
extension TrialWriter {
    func capacityPanel() -> Panel? {
        guard outcome.scale != .timeToEvent,
            let capacity = try? TrialCapacity(
                strata: strata, baseline: read.baseline, isBinary: outcome.scale == .binary)
        else { return nil }
        return Panel(
            id: TrialPanelName.capacity.rawValue, kind: .table, title: words("trial.capacity.title"),
            subtitle: words("trial.capacity.subtitle", ["outcome": name(outcome)]),
            sentence: capacitySentence(capacity),
            caveat: words("trial.capacity.caveat"),
            columns: columns([
                ("label", "trial.column.what"), ("text", "trial.column.this_trial"), ("noteText", "trial.column.means"),
            ]),
            rows: rows(capacity), links: links(.capacity))
    }

    /// How many clinics of each stratum were treated: half of each, unless the reader knows.
    private var strata: [TrialCapacity.Stratum] {
        let names = Counts.strata(read.clinics)
        return Dictionary(grouping: read.clinics.indices) { names[$0] }.values.map { places in
            let known = places.compactMap { read.clinics[$0].isIntervention }
            return TrialCapacity.Stratum(
                clinics: places.count,
                treated: known.count == places.count ? known.count { $0 } : places.count / 2)
        }
    }

    private func capacitySentence(_ capacity: TrialCapacity) -> String {
        let worthwhile = outcome.planned?.worthwhile.map { $0 / effects.scale }
        let found = capacity.detectable.map { size in
            words(
                worthwhile.map { $0 >= size ? "trial.capacity.enough" : "trial.capacity.short" }
                    ?? "trial.capacity.finds",
                [
                    "size": "\(effects.number(size)) \(effects.unit)",
                    "worthwhile": worthwhile.map { "\(effects.number($0)) \(effects.unit)" } ?? "",
                ])
        }
        let smallest = words(
            capacity.smallestP > 0.05 ? "trial.capacity.smallest.high" : "trial.capacity.smallest",
            [
                "allocations": allocations(capacity),
                "p": "p " + (capacity.smallestP < 0.001 ? "" : "= ") + probability(capacity.smallestP),
            ])
        return [smallest, found].compactMap(\.self).joined(separator: " ")
    }

    private func allocations(_ capacity: TrialCapacity) -> String {
        capacity.allocations < 1e7
            ? words.grouped(Int(capacity.allocations)) : words("trial.capacity.many")
    }

    private func probability(_ p: Double) -> String {
        p < 0.001 ? "< 0.001" : numbers.number(p, digits: p < 0.1 ? 3 : 2)
    }

    private func rows(_ capacity: TrialCapacity) -> [PanelRow] {
        var rows: [PanelRow] = []
        func add(_ key: String, _ text: String, _ value: Double?) {
            rows.append([
                "measure": .text(key), "label": .text(words("trial.capacity.\(key)")), "text": .text(text),
                "value": Datum(value), "noteText": .text(words("trial.capacity.\(key).means")),
                "state": .text(value == nil ? Cell.State.unavailable.rawValue : Cell.State.value.rawValue),
            ])
        }
        add("clinics", words.grouped(read.clinics.count), Double(read.clinics.count))
        add("allocations", allocations(capacity), capacity.allocations)
        add("smallest_p", probability(capacity.smallestP), capacity.smallestP)
        add("degrees", numbers.number(capacity.degrees, digits: 0), capacity.degrees)
        let size = words(
            "trial.capacity.size.text",
            [
                "mean": numbers.number(capacity.meanSize, digits: 1),
                "variation": numbers.number(capacity.sizeVariation, digits: 2),
            ])
        add("size", size, capacity.meanSize)
        let none = words("unavailable.too_few_units")
        let correlation = capacity.correlation.map { value in
            let ends = capacity.correlationInterval.map {
                " ("
                    + words(
                        "trial.interval",
                        [
                            "low": numbers.number($0.lower, digits: 3), "high": numbers.number($0.upper, digits: 3),
                        ]) + ")"
            }
            return numbers.number(value, digits: 3) + (ends ?? "")
        }
        add("correlation", correlation ?? none, capacity.correlation)
        add("design_effect", capacity.designEffect.map { numbers.number($0, digits: 2) } ?? none, capacity.designEffect)
        add(
            "detectable", capacity.detectable.map { "\(effects.number($0)) \(effects.unit)" } ?? none,
            capacity.detectable)
        return rows
    }
}
