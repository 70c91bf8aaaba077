import Metrics
import Words

/// What the same clients said at intake and later: heroin use, injecting, sharing, offending, work.
extension FollowUpWriter {
    func behaviourPanel() -> Panel {
        let rows = counts.behaviours.flatMap { [row($0, isLater: false), row($0, isLater: true)] }
        return Panel(
            id: PanelName.behaviour.rawValue, kind: .behaviour, title: title, subtitle: words("behaviour.subtitle"),
            sentence: words("behaviour.sentence"), caveat: words("behaviour.caveat"), chart: "pairs",
            axis: Panel.Axis(title: words("behaviour.axis"), zero: true, percent: true),
            columns: [
                ("label", "table.question"), ("timeText", "table.after"), ("text", "table.share_yes"),
                ("changeText", "table.change"), ("followedText", "table.followed"), ("boundsText", "table.bounds"),
            ].map { Panel.Column(key: $0.0, label: words($0.1)) },
            rows: rows, links: links(.behaviour))
    }

    /// The clearest change for the better or the worse, in points of a hundred.
    private var title: String {
        let told = counts.behaviours.compactMap { pair -> (BehaviourPair, Estimate.Value)? in
            change(pair).estimate.map { (pair, $0) }
        }
        let clear = told.filter { ($0.1.interval?.lower ?? 0) > 0 || ($0.1.interval?.upper ?? 0) < 0 }
        guard let (pair, estimate) = clear.max(by: { abs($0.1.point) < abs($1.1.point) }) else {
            return words("behaviour.title.none")
        }
        return words(
            estimate.point < 0 ? "behaviour.title.less" : "behaviour.title.more",
            [
                "question": question(pair), "points": numbers.number(abs(estimate.point) * 100, digits: 0),
                "n": "\(pair.visitMonth)",
            ])
    }

    private func question(_ pair: BehaviourPair) -> String {
        let key = "behaviour.\(pair.instrument)"
        return words.has(key) ? words(key) : pair.instrument
    }

    /// Later less before, of those who answered twice.
    private func change(_ pair: BehaviourPair) -> Cell {
        cell(
            ProportionDifference.paired(
                both: Double(pair.yesBoth), first: Double(pair.yesBefore - pair.yesBoth),
                second: Double(pair.yesAfter - pair.yesBoth), pairs: Double(pair.followed)), people: pair.followed)
    }

    private func row(_ pair: BehaviourPair, isLater: Bool) -> PanelRow {
        let yes = isLater ? pair.yesAfter : pair.yesBefore
        let share = cell(
            Proportion.wilson(successes: Double(yes), trials: Double(pair.followed)), people: pair.followed)
        let hidden = share.state == .suppressed
        let own: PanelRow = [
            "instrument": .text(pair.instrument), "visit": .whole(pair.visitMonth),
            "series": .text(isLater ? "later" : "intake"),
            "label": .text(
                words("behaviour.label", ["question": question(pair), "n": "\(pair.visitMonth)"])),
            "timeText": .text(
                isLater ? words.counted("followup.months", pair.visitMonth) : words("behaviour.intake")),
            "changeText": .text(isLater ? text(change(pair), times: 100) : ""),
            "followedText": .text(
                hidden
                    ? words("state.suppressed")
                    : words(
                        "behaviour.followed",
                        ["followed": words.grouped(pair.followed), "due": words.grouped(pair.due)])),
            "boundsText": .text(isLater && !hidden ? bounds(pair) : ""),
        ]
        return own.merging(items(share, times: 100)) { own, _ in own }
    }

    /// The later share of all who were due, if nobody and if everybody of the lost said yes.
    private func bounds(_ pair: BehaviourPair) -> String {
        let lost = pair.due - pair.followed
        return [pair.yesAfter, pair.yesAfter + lost]
            .map { numbers.number(100 * Double($0) / Double(max(1, pair.due)), digits: 0) }.joined(separator: "–")
    }
}
