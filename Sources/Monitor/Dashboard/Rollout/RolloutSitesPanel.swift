import Metrics
import Words

/// Clinic by clinic: each one's own interrupted series, drawn towards all of them, and where a new clinic would lie.
extension RolloutWriter {
    func sitesPanel() -> Panel? {
        guard case .success(let pooled) = forest.pooled, let effect = pooled.effect() else { return nil }
        var rows = [
            items(effect).merging([
                "label": .text(words("rollout.sites.pooled")), "isMain": .flag(true), "method": .text("pooled"),
                "clinics": .whole(forest.rows.count { $0.own != nil }),
            ]) { own, _ in own }
        ]
        if let limits = pooled.predictionInterval()?.exponentiated {
            rows.append([
                "label": .text(words("rollout.sites.prediction")), "isMain": .flag(false),
                "method": .text("prediction"), "state": .text(Cell.State.value.rawValue),
                "measure": .text("rate_ratio"), "value": Datum(effect.ratio), "low": .number(limits.lower),
                "high": .number(limits.upper), "text": .text(ratios.interval(limits)),
            ])
        }
        rows += estimated.sorted { $0.shrunken.effect.estimate < $1.shrunken.effect.estimate }.map(siteRow)
        return Panel(
            id: RolloutPanelName.sites.rawValue, kind: .effects,
            title: words("rollout.sites.title", ["indicator": indicatorName]),
            subtitle: words("rollout.sites.subtitle", ["months": "\(RolloutReading.monthsAfter)"]),
            sentence: sitesSentence(pooled, effect), caveat: words("rollout.sites.caveat"), chart: "rolloutSites",
            higherIs: definition.higherIs.rawValue, axis: ratioAxis,
            columns: columns([
                ("label", "rollout.column.clinic"), ("text", "rollout.column.own"),
                ("shrunkenText", "rollout.column.shrunken"), ("weightText", "rollout.column.weight"),
                ("noteText", "rollout.column.model"),
            ]),
            rows: rows, links: links(.sites))
    }

    private struct Estimated {
        let place: Int
        let own: RolloutEffect
        let shrunken: ShrunkenEffect
        let fit: SegmentedFit
    }

    private var estimated: [Estimated] {
        forest.rows.enumerated().compactMap { place, row in
            guard case .success(let fit) = row.fit, let own = row.own, let shrunken = row.shrunken else { return nil }
            return Estimated(place: place, own: own, shrunken: shrunken, fit: fit)
        }
    }

    private func siteRow(_ one: Estimated) -> PanelRow {
        let clinic = read.clinics[one.place]
        let limits = one.shrunken.effect.ratioInterval()
        return items(one.own).merging([
            "label": .text(clinic.name.text(in: language)), "site": .text(clinic.code),
            "url": .text("\(rollout.url)?indicator=\(definition.indicator)&site=\(clinic.code)"),
            "isMain": .flag(false), "method": .text(one.fit.method.rawValue), "clinics": .whole(1),
            "shrunken": Datum(one.shrunken.effect.ratio), "shrunkenLow": Datum(limits?.lower),
            "shrunkenHigh": Datum(limits?.upper), "shrunkenText": .text(ratios.text(one.shrunken.effect)),
            "weightText": .text(
                words("rollout.share", ["share": numbers.number(100 * one.shrunken.weight, digits: 0)])),
            "noteText": .text(
                words(
                    "rollout.model.\(one.fit.method.rawValue)",
                    ["before": "\(one.fit.before)", "after": "\(one.fit.after)"])),
        ]) { own, _ in own }
    }

    private func sitesSentence(_ pooled: PooledEffects, _ effect: RolloutEffect) -> String {
        let told = forest.rows.count { $0.own != nil }
        var sentences = [
            words(
                "rollout.sites.sentence",
                [
                    "clinics": "\(told)", "months": "\(RolloutReading.monthsAfter)",
                    "change": effect.ratio.map(ratios.change) ?? "",
                    "interval": effect.ratioInterval().map(ratios.interval) ?? "",
                ])
        ]
        if let limits = pooled.predictionInterval()?.exponentiated {
            sentences.append(words("rollout.sites.new", ["interval": ratios.interval(limits)]))
        }
        if let share = pooled.heterogeneity.percentBeyondChance {
            sentences.append(words("rollout.sites.differ", ["share": numbers.number(share, digits: 0)]))
        }
        return sentences.joined(separator: " ")
    }

    /// Clinics without an estimate of their own, and why.
    func unestimatedPanel() -> Panel? {
        let rows = forest.rows.enumerated().compactMap { place, row -> PanelRow? in
            guard row.own == nil else { return nil }
            let clinic = read.clinics[place]
            let key: String
            if case .failure(let reason) = row.fit { key = reason.rawValue } else { key = "beyond" }
            return reason("rollout.site.\(key)").merging([
                "label": .text(clinic.name.text(in: language)), "site": .text(clinic.code),
                "url": .text("/sites/\(clinic.code)"),
                "startsText": .text(clinic.starts.map(month) ?? words("rollout.never")),
            ]) { own, _ in own }
        }
        guard !rows.isEmpty else { return nil }
        return Panel(
            id: RolloutPanelName.unestimated.rawValue, kind: .table, title: words("rollout.unestimated.title"),
            sentence: words.counted("rollout.unestimated.sentence", rows.count),
            columns: columns([
                ("label", "rollout.column.clinic"), ("startsText", "rollout.column.starts"),
                ("text", "rollout.column.why"),
            ]),
            rows: rows, links: links(.unestimated))
    }
}
