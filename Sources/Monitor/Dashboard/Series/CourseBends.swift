import Ingest
import Metrics
import Words

/// The months at which the course of a programme's or region's rate or proportion bends, over the last five years.
///
/// A single clinic has too few events for it. Of a proportion it is the course of its logarithm too.
struct CourseBends: Sendable, Equatable {
    static let windowMonths = 60

    struct Bend: Sendable, Equatable {
        let month: Month
        /// Where there is one bend: between these months with 95 % confidence.
        let between: ClosedRange<Month>?
    }

    let first, last: Month
    let bends: [Bend]
    /// Per cent a year before, between and after them.
    let annualPercents: [Double]

    /// Nil of figures that are no rates, overlap in time, or are of fewer than two years.
    init?(_ series: IndicatorSeries, upTo month: Month, without provisional: Set<Month>) {
        guard [.rate, .proportion].contains(series.definition.kind),
            let window = TrendWindow(series, months: Self.windowMonths, upTo: month, without: provisional),
            let chosen = try? Joinpoint.search(window.counts).get().chosen
        else { return nil }
        func named(_ index: Double) -> Month { .first + Int(index) }
        let between = chosen.joinInterval.map { named($0.lowerBound)...named($0.upperBound) }
        (first, last) = (window.first, window.last)
        bends = chosen.joins.map { Bend(month: named($0), between: between) }
        annualPercents = chosen.annualPercents
    }
}

/// The bends in words.
struct CourseBendsWriter {
    let bends: CourseBends
    let words: Words

    /// Slower than this, in per cent a year, is called level.
    private static let level = 1.0
    private var numbers: NumberText { NumberText(words: words) }

    var written: [Panel.Bend] {
        bends.bends.map { bend in
            Panel.Bend(
                month: "\(bend.month)", first: bend.between.map { "\($0.lowerBound)" },
                last: bend.between.map { "\($0.upperBound)" })
        }
    }

    /// No slope is told: an interval of it that took the bends as known would be too narrow.
    var sentence: String {
        let courses = bends.annualPercents.map { percent in
            words("course.\(abs(percent) < Self.level ? "level" : percent > 0 ? "rising" : "falling")")
        }
        var values = ["from": numbers.shortMonth(bends.first), "to": numbers.shortMonth(bends.last)]
        values["months"] = bends.bends.map { numbers.shortMonth($0.month) }.joined(separator: words("list.and"))
        values["courses"] = courses.joined(separator: words("course.then"))
        if let between = bends.bends.first?.between {
            values["low"] = numbers.shortMonth(between.lowerBound)
            values["high"] = numbers.shortMonth(between.upperBound)
        }
        return words(["series.bends.none", "series.bends.one", "series.bends.two"][min(2, bends.bends.count)], values)
    }
}
