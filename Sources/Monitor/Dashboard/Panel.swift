/// One finding with everything that belongs to it: words, figure, rows for chart, table and file, definition, origin.
/// The page only draws it.
struct Panel: Sendable, Encodable {
    enum Kind: String, Sendable, Encodable {
        case series, compare, funnel, multiples, received, flow, exits, curve, behaviour, table, forest, arms, consort
        case eventStudy = "event_study"
        case effects, interrupted
    }
    struct Figure: Sendable, Encodable {
        let text: String
        let interval: String?
        let unit: String
        let state: String
        let detail: String?
        let variation: Variation?
        var assurance: Assurance?
    }
    struct Variation: Sendable, Encodable {
        /// worse, better, change or none.
        let direction: String
        /// above or below; nil without a signal.
        let side: String?
        /// H for high, L for low, as the icon has it; empty without a signal.
        let letter: String
        let text: String
    }
    struct Assurance: Sendable, Encodable {
        /// pass, fail or hit_or_miss.
        let code: String
        let letter: String
        let text: String
    }
    struct Comparison: Sendable, Encodable {
        let label: String
        let text: String
    }
    struct Link: Sendable, Encodable {
        let text: String
        let url: String
    }
    struct Axis: Sendable, Encodable {
        let title: String
        /// Whether the axis starts at zero.
        let zero: Bool
        let percent: Bool
    }
    struct Column: Sendable, Encodable {
        let key: String
        let label: String
        /// Key of the direction of a signal, whose mark stands before the text.
        var mark: String?
    }
    struct Files: Sendable, Encodable {
        let csv: String
        let json: String
    }

    let id: String
    let kind: Kind
    var title: String
    var subtitle = ""
    var sentence: String
    var caveat: String?
    var figure: Figure?
    var comparison: Comparison?
    var definition: Link?
    /// Name of a file in web/charts; nil for a table.
    var chart: String?
    var higherIs = "neutral"
    var axis: Axis?
    /// The table's columns, in words.
    var columns: [Column]
    var rows: [PanelRow]
    var links: Files?
    var origin: Link?
    /// Of a series: what was registered in its months, where it has been going, and the chart that it is watched by.
    var events: [Event]?
    var trend: Trend?
    var control: Control?
    /// A page that tells more of it.
    var page: Link?
    /// Lines beside the rows, by size: the limits of a funnel; and what the size is.
    var curve: [PanelRow]?
    var sizeTitle: String?

    /// The panel as a page draws it: numbers to six digits, and counts only in their words. The addresses of the panel
    /// itself give all digits.
    var drawn: Panel {
        var panel = self
        panel.rows = rows.map { row in row.filter { !Self.notDrawn.contains($0.key) }.mapValues(\.drawn) }
        panel.curve = curve?.map { $0.mapValues(\.drawn) }
        return panel
    }

    private static let notDrawn: Set = ["numerator", "denominator", "p", "q"]

    /// Keys of a CSV file, in their order.
    var fileKeys: [String] {
        switch kind {
        case .series:
            [
                "month", "state", "value", "low", "high", "numerator", "denominator", "centre", "lowerLimit",
                "upperLimit", "signal", "provisional", "trend", "trendLow", "trendHigh", "noteText",
            ] + (chart == "memory" ? ["average", "rise", "fall"] : [])
        case .compare:
            [
                "month", "site", "name", "regionName", "state", "value", "low", "high", "numerator", "denominator",
                "centre", "signal", "p", "q",
            ]
                + (["shrunken"] + Comparator.allCases.map(\.rawValue))
                .filter { key in columns.contains { $0.key == "\(key)Text" } }
                .flatMap { key in ["", "Low", "High"].map { key + $0 } }
        case .funnel:
            [
                "month", "site", "name", "regionName", "state", "value", "low", "high", "numerator", "denominator",
                "size",
                "lower95", "upper95", "lower998", "upper998", "wideLower95", "wideUpper95", "wideLower998",
                "wideUpper998", "q", "signal",
            ]
        case .multiples:
            ["month", "site", "name", "state", "value", "low", "high", "numerator", "denominator", "signal"]
        case .received: ["site", "name", "month", "state"]
        case .flow: ["month", "direction", "reason", "count", "state"]
        case .exits: ["month", "reason", "label", "count", "share", "low", "high", "state"]
        case .curve:
            rows.first?["month"] == nil
                ? ["series", "time", "state", "value", "low", "high", "atRisk"]
                : ["month", "state", "value", "low", "high", "numerator", "denominator"]
        case .behaviour:
            [
                "instrument", "visit", "series", "state", "value", "low", "high", "numerator", "denominator",
                "changeText", "followedText", "boundsText",
            ]
        case .forest, .arms, .consort: TrialWriter.fileKeys
        case .eventStudy, .effects, .interrupted: RolloutWriter.fileKeys
        case .table where TrialPanelName(rawValue: id) != nil: TrialWriter.fileKeys
        case .table where id == "flags": ["month", "code", "seen", "expected", "text"]
        case .table where id == "versions":
            ["month", "version", "isCurrent", "arrivedAt", "timeliness", "fileName", "line", "sha256", "receipt"]
        case .table where id == "trends": TrendsPanel.fileKeys
        case .table where id == "rules": FollowUpWriter.rulesFileKeys
        case .table where id == "service": FollowUpWriter.serviceFileKeys
        case .table: (id == "sites" ? ["month"] : []) + columns.map(\.key)
        }
    }
}
