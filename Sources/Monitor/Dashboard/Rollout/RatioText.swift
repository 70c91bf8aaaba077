import Metrics
import Words

/// An effect on a logarithm in words and numbers: "0.82 (0.74 to 0.91)", or "18 % lower".
struct RatioText {
    let words: Words

    private var numbers: NumberText { NumberText(words: words) }

    func number(_ ratio: Double) -> String {
        // Three digits, and no more of a ratio that is huge.
        numbers.number(ratio, digits: ratio < 0.1 ? 3 : ratio < 10 ? 2 : ratio < 100 ? 1 : 0)
    }

    func interval(_ interval: Interval) -> String {
        words("trial.interval", ["low": number(interval.lower), "high": number(interval.upper)])
    }

    func text(_ effect: RolloutEffect) -> String {
        guard let ratio = effect.ratio else { return words("rollout.beyond") }
        return number(ratio) + (effect.ratioInterval().map { " (\(interval($0)))" } ?? "")
    }

    /// "18 % lower"; "the same" within half a per cent.
    func change(_ ratio: Double) -> String {
        let percent = (ratio - 1) * 100
        if abs(percent) < 0.5 { return words("rollout.same") }
        let size = numbers.number(abs(percent), digits: 0)
        return words(percent < 0 ? "rollout.lower" : "rollout.higher", ["size": size])
    }

    func probability(_ effect: RolloutEffect) -> String { effect.p.map(numbers.probability) ?? "" }

    func degrees(_ effect: RolloutEffect) -> String {
        effect.degrees.map { numbers.number($0, digits: $0 == $0.rounded() ? 0 : 1) } ?? ""
    }
}
