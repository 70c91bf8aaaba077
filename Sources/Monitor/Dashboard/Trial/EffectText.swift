import Metrics
import Words

/// An effect in words and numbers: "−12.3 (−20.1 to −4.5) percentage points".
struct EffectText {
    let words: Words
    /// From the estimate to what is shown: 100 for shares.
    let scale: Double
    let digits: Int
    /// Of a difference.
    let unit: String

    init(_ words: Words, isBinary: Bool, unit: String, digits: Int = 2) {
        self.words = words
        (scale, self.digits) = isBinary ? (100, 1) : (1, digits)
        self.unit = isBinary ? words("trial.unit.points") : unit
    }

    private var numbers: NumberText { NumberText(words: words) }

    func number(_ value: Double, isRatio: Bool = false) -> String {
        isRatio ? numbers.number(value, digits: 2) : numbers.number(value * scale, digits: digits)
    }

    /// "−20.1 to −4.5"; open on a side where the method rejects nothing.
    func interval(_ effect: TrialEffect) -> String {
        let isRatio = effect.method.isRatio
        let ends = [effect.lower, effect.upper].map { $0.map { number($0, isRatio: isRatio) } }
        return switch (ends[0], ends[1]) {
        case (let low?, let high?): words("trial.interval", ["low": low, "high": high])
        case (let low?, nil): words("trial.interval.above", ["low": low])
        case (nil, let high?): words("trial.interval.below", ["high": high])
        case (nil, nil): words("trial.interval.none")
        }
    }

    func text(_ effect: TrialEffect) -> String {
        "\(number(effect.estimate, isRatio: effect.method.isRatio)) (\(interval(effect)))"
    }

    func degrees(_ effect: TrialEffect) -> String {
        effect.degrees.map { numbers.number($0, digits: $0 == $0.rounded() ? 0 : 1) } ?? ""
    }

    func probability(_ effect: TrialEffect) -> String { effect.p.map(numbers.probability) ?? "" }

    /// How the estimate was come by, and how near the search for it came to its end.
    func search(_ end: SearchEnd?) -> String {
        guard let search = end else { return words("trial.search.none") }
        let rest =
            search.remaining > 0
            ? words("trial.search.below", ["power": numbers.powerOfTen(above: search.remaining)])
            : words("trial.search.nothing")
        return words.counted(
            "trial.search.\(search.measure.rawValue)", search.iterations, ["rest": rest])
    }

    /// What must be said beside an effect.
    func notes(_ effect: TrialEffect) -> String {
        let bold = effect.method.isTooBold ? [words("trial.note.bold")] : []
        return (bold + effect.notes.map(text)).joined(separator: " ")
    }

    private func text(_ note: TrialEffect.Note) -> String {
        switch note {
        case .smallestP(let p): words("trial.note.smallest_p", ["p": numbers.number(p, digits: p < 0.001 ? 6 : 3)])
        case .unbounded: words("trial.note.unbounded")
        case .clinicsAlike: words("trial.note.clinics_alike")
        case .degreesHeld: words("trial.note.degrees_held")
        case .madeUpEvents(let clinics): words.counted("trial.note.made_up", clinics)
        case .clinicsWithoutData(let clinics): words.counted("trial.note.without_data", clinics)
        case .sampled: words("trial.note.sampled")
        }
    }

    /// How the missing would have to have fared for the interval to hold no effect.
    func tipping(_ point: TippingPoint) -> String {
        switch point {
        case .unclear: words("trial.tipping.unclear")
        case .none: words("trial.tipping.none")
        case .nobodyMissing: words("trial.tipping.nobody_missing")
        case .notEstimable(let reason):
            words("trial.tipping.not_estimable", ["reason": words("trial.failure.\(reason.rawValue)")])
        case .shift(0): words("trial.tipping.at_mean")
        case .shift(let shift):
            words(
                shift > 0 ? "trial.tipping.higher" : "trial.tipping.lower",
                ["shift": "\(number(abs(shift))) \(unit)"])
        }
    }
}
