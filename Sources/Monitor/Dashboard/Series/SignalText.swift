import Metrics
import Words

/// What a signal says in words, and as the icon of variation that goes with them.
struct SignalText {
    let series: IndicatorSeries
    let words: Words

    /// What a signal says: "above its limits", "higher than usual since April 2023".
    func text(_ signal: SpecialCause) -> String {
        let stock = series.definition.isStock ? "stock." : ""
        return words(
            "signal.\(stock)\(signal.rule.rawValue).\(signal.side.rawValue)",
            ["since": NumberText(words: words).month(series.months[signal.since])])
    }

    /// The icon of variation (NHS England, Making Data Count): common cause; special cause for the better or the worse, or
    /// neither, with H for high and L for low.
    func variation(_ signal: SpecialCause?) -> Panel.Variation {
        guard let signal else {
            return Panel.Variation(direction: "none", side: nil, letter: "", text: words("variation.none"))
        }
        let direction = series.meaning(of: signal.side).rawValue
        let side = signal.side.rawValue
        return Panel.Variation(
            direction: direction, side: side, letter: words("variation.letter.\(side)"),
            text: words("variation.\(direction).\(side)"))
    }
}
