import Ingest
import Metrics
import Words

/// Whether a series reaches its target as long as it stays at its usual level: the icon of assurance (NHS England, Making
/// Data Count), from where the target lies to the limits of the month.
enum Assurance: String, Sendable, CaseIterable {
    case pass, fail
    case hitOrMiss = "hit_or_miss"

    /// Who stands on the target has reached it.
    /// - Parameters:
    ///   - target, lower, upper: in one unit.
    /// - Returns: nil of an indicator that is neither better nor worse when it is higher.
    init?(target: Double, lower: Double, upper: Double, higherIs: Definition.Direction) {
        switch higherIs {
        case .neutral: return nil
        case .better: self = lower >= target ? .pass : upper < target ? .fail : .hitOrMiss
        case .worse: self = upper <= target ? .pass : lower > target ? .fail : .hitOrMiss
        }
    }
}

/// A target beside a series in words.
struct AssuranceText {
    let series: IndicatorSeries
    let month: Month
    /// In the unit that is shown.
    let target: Double?
    let words: Words

    private var definition: Definition { series.definition }

    private var assurance: Assurance? {
        guard let target, let limits = series.point(month) else { return nil }
        return Assurance(
            target: target, lower: limits.lower * series.scale, upper: limits.upper * series.scale,
            higherIs: definition.higherIs)
    }

    /// "≥ 80".
    private var values: [String: String] {
        let sign = definition.higherIs == .better ? "≥" : "≤"
        return ["target": target.map { "\(sign) \(NumberText(words: words).target($0, definition))" } ?? ""]
    }

    var written: Panel.Assurance? {
        assurance.map {
            Panel.Assurance(
                code: $0.rawValue, letter: words("assurance.letter.\($0.rawValue)"),
                text: words("assurance.\($0.rawValue)", values))
        }
    }

    /// Empty where there is no target, or no chart to hold it beside.
    var sentence: String {
        assurance.map { words("series.sentence.assurance.\($0.rawValue)", values) } ?? ""
    }
}
