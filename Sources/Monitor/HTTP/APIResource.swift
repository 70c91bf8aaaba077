import Foundation
import Ingest

/// What an address under /api/v1 names, and in which form it is wanted.
struct APIResource: Sendable, Equatable {
    enum Name: Sendable, Equatable {
        case page(Scope.Place)
        case series(String, Scope.Place)
        case panel(PanelName, Scope.Place)
        case records(Scope.Place)
        case comparison(String, Scope.Place)
        case comparisonPage(String, Scope.Place)
        case comparisonPart(String, ComparePart, Scope.Place)
        case sites
        case quality(Scope.Place)
        case receipts
        case receipt(Int)
        case definitions
        case formats
        case trials
        case trial(String)
        case trialPanel(String, TrialPanelName)
        case rollouts
        case rollout(String)
        case rolloutPanel(String, RolloutPanelName)

        /// Whether the answer is of a month.
        var takesMonth: Bool {
            switch self {
            case .receipts, .receipt, .definitions, .formats, .trials, .trial, .trialPanel, .rollouts, .rollout,
                .rolloutPanel:
                false
            case .page, .series, .panel, .records, .comparison, .comparisonPage, .comparisonPart, .sites, .quality: true
            }
        }

        /// Whether the answer depends on what a dropout is.
        var takesRule: Bool {
            switch self {
            case .records: true
            case .panel(let name, _): name.takesRule
            default: false
            }
        }

        /// Whether the answer is of an outcome of a trial.
        var takesOutcome: Bool {
            switch self {
            case .trial, .trialPanel: true
            default: false
            }
        }

        /// Whether the answer is of an indicator and a clinic of a roll-out.
        var isOfRollout: Bool {
            switch self {
            case .rollout, .rolloutPanel: true
            default: false
            }
        }

        /// Whether the answer is of control charts, of which there are several kinds.
        var takesChart: Bool {
            switch self {
            case .page, .series: true
            default: false
            }
        }
    }
    enum Form: Sendable {
        case json, csv
    }

    private(set) var name: Name
    let form: Form

    /// The same of one region's clinics; nil where the answer is not to be had by region.
    func ofRegion(_ code: String) -> APIResource? {
        var resource = self
        switch name {
        case .comparisonPage(let indicator, _): resource.name = .comparisonPage(indicator, .region(code: code))
        case .comparisonPart(let indicator, let part, _):
            resource.name = .comparisonPart(indicator, part, .region(code: code))
        default: return nil
        }
        return resource
    }

    /// - Parameter path: what follows /api/v1, such as "sites/QS-001/series/dropout_rate.csv".
    init?(path: String) {
        form = path.hasSuffix(".csv") ? .csv : .json
        let plain = form == .csv ? path.dropLast(4) : path[...]
        let parts = plain.split(separator: "/", omittingEmptySubsequences: false).map {
            String($0).removingPercentEncoding ?? ""
        }
        guard !parts.contains(where: \.isEmpty), let name = Self.name(parts) else { return nil }
        self.name = name
    }

    private static func name(_ parts: [String]) -> Name? {
        switch parts[0] {
        case "programme": inPlace(.programme, parts.dropFirst())
        case "regions" where parts.count > 1: inPlace(.region(code: parts[1]), parts.dropFirst(2))
        case "sites" where parts.count > 1: inPlace(.site(code: parts[1]), parts.dropFirst(2))
        case "sites": .sites
        case "quality" where parts.count == 1: .quality(.programme)
        case "quality" where parts.count == 3 && parts[1] == "regions": .quality(.region(code: parts[2]))
        case "quality" where parts.count == 3 && parts[1] == "sites": .quality(.site(code: parts[2]))
        case "compare" where parts.count == 2: .comparisonPage(parts[1], .programme)
        case "compare" where parts.count == 3:
            ComparePart(rawValue: parts[2]).map { .comparisonPart(parts[1], $0, .programme) }
        case "trials" where parts.count == 1: .trials
        case "trials" where parts.count == 2: .trial(parts[1])
        case "trials" where parts.count == 3:
            TrialPanelName(rawValue: parts[2]).map { .trialPanel(parts[1], $0) }
        case "rollouts" where parts.count == 1: .rollouts
        case "rollouts" where parts.count == 2: .rollout(parts[1])
        case "rollouts" where parts.count == 3:
            RolloutPanelName(rawValue: parts[2]).map { .rolloutPanel(parts[1], $0) }
        case "definitions" where parts.count == 1: .definitions
        case "formats" where parts.count == 1: .formats
        case "receipts" where parts.count == 1: .receipts
        case "receipts" where parts.count == 2: Int(parts[1]).flatMap { $0 > 0 && $0 < Int32.max ? .receipt($0) : nil }
        default: nil
        }
    }

    private static func inPlace(_ place: Scope.Place, _ rest: ArraySlice<String>) -> Name? {
        let rest = Array(rest)
        return switch (rest.first, rest.count) {
        case (nil, _): .page(place)
        case ("series", 2): .series(rest[1], place)
        case ("compare", 2): .comparison(rest[1], place)
        case ("records", 1): .records(place)
        case (let name?, 1): PanelName(rawValue: name).map { .panel($0, place) }
        default: nil
        }
    }
}
