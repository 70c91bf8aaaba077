import Foundation
import HTTPTypes
import Hummingbird
import Ingest
import Metrics
import Words

/// Answers what an address under /api/v1 names.
struct API: Sendable {
    private(set) var dashboard: Dashboard
    let catalogues: Catalogues
    private let cache = PageCache()
    /// Another start may be another program: its answers are others.
    private let start = "\(Date().timeIntervalSince1970)"

    init(dashboard: Dashboard, catalogues: Catalogues) {
        self.dashboard = dashboard
        self.catalogues = catalogues
    }

    func answer(_ request: Request, path: String) async throws -> Response {
        guard let named = APIResource(path: path) else { throw Problem.unknownAddress }
        // What an address does not take is not read: it would only make copies in the cache.
        let query = request.uri.queryParameters
        let ofRegion = query["region"].flatMap { named.ofRegion(String($0)) }
        let resource = ofRegion ?? named
        let month = try (resource.name.takesMonth ? query["month"] : nil).map { text in
            guard text.count == 7, let month = Month(String(text)) else { throw Problem.unreadableMonth }
            return month
        }
        let chart = try (resource.name.takesChart ? query["chart"] : nil).map { text in
            guard let chart = ChartMethod(rawValue: String(text)) else { throw Problem.unknownChart }
            return chart
        }
        let takesSite = resource.name == .receipts || resource.name.isOfRollout
        let site = takesSite ? query["site"].map(String.init) : nil
        let indicator = resource.name.isOfRollout ? query["indicator"].map(String.init) : nil
        let rule = resource.name.takesRule ? query["rule"].map(String.init) : nil
        let outcome = resource.name.takesOutcome ? query["outcome"].map(String.init) : nil
        let words = catalogues[Language(of: request)]
        let cut = try await dashboard.dataCut()
        let tag = Document.tag(of: [
            start, "\(cut.version)", cut.today, cut.unmasked, words.language.rawValue, path, month?.description ?? "",
            site ?? "",
            rule ?? "", outcome ?? "", indicator ?? "", chart?.rawValue ?? "", ofRegion.map { "\($0.name)" } ?? "",
            dashboard.reader.account ?? "",
        ])
        let api = charting(chart ?? .shewhart)
        let document = try await cache.document(tag) {
            try await api.document(
                resource, Asked(month: month, site: site, rule: rule, outcome: outcome, indicator: indicator), words,
                tag: tag)
        }
        return document.response(to: request)
    }

    private func charting(_ chart: ChartMethod) -> API {
        var api = self
        api.dashboard = dashboard.charting(chart)
        return api
    }

    /// What an address says behind its question mark, of what it takes.
    private struct Asked: Sendable {
        let month: Month?
        let site, rule, outcome, indicator: String?
    }

    private func document(
        _ resource: APIResource, _ asked: Asked, _ words: Words, tag: String
    ) async throws -> Document {
        let (month, rule) = (asked.month, asked.rule)
        switch resource.name {
        case .page(let place):
            let page = try await found(dashboard.page(place, month: month, words), or: .unknownPlace)
            return try resource.form == .json ? .json(page.drawn, tag: tag) : .csv(PageFile.text(page), tag: tag)
        case .series(let indicator, let place):
            let panel = try await found(dashboard.series(indicator, place, month: month, words), nil, place)
            return try write(panel, resource.form, tag)
        case .panel(let name, let place):
            let panel = try await found(
                dashboard.panel(name, place, month: month, rule: rule, words), name, place)
            return try write(panel, resource.form, tag)
        case .records(let place):
            let page = try await found(dashboard.records(place, month: month, rule: rule, words), or: .unknownPlace)
            return try resource.form == .json ? .json(page.drawn, tag: tag) : .csv(page.fileText, tag: tag)
        case .comparison(let indicator, let place):
            let panel = try await found(dashboard.comparison(indicator, place, month: month, words), nil, place)
            return try write(panel, resource.form, tag)
        case .comparisonPage(let indicator, let place) where resource.form == .json:
            let page = try await dashboard.comparisonPage(indicator, place, month: month, words)
            return try await .json(found(page, nil, place).drawn, tag: tag)
        case .comparisonPage(let indicator, let place):
            return try await comparison(indicator, .sites, place, month, (words, .csv, tag))
        case .comparisonPart(let indicator, let part, let place):
            return try await comparison(indicator, part, place, month, (words, resource.form, tag))
        case .sites:
            return try write(await found(dashboard.sites(month: month, words), or: .unknownPanel), resource.form, tag)
        case .quality(let place):
            let page = try await found(dashboard.quality(place, month: month, words), or: .unknownPlace)
            return try resource.form == .json ? .json(page, tag: tag) : .csv(page.fileText, tag: tag)
        case .receipts:
            let list = try await found(dashboard.receipts(site: asked.site, words), or: .unknownPlace)
            return try resource.form == .json ? .json(list, tag: tag) : .csv(list.fileText, tag: tag)
        case .receipt(let number):
            let receipt = try await found(dashboard.receipt(number, words), or: .unknownReceipt)
            return try resource.form == .json ? .json(receipt, tag: tag) : .csv(receipt.fileText, tag: tag)
        case .definitions:
            let cards = try await dashboard.definitions(words)
            return try resource.form == .json ? .json(cards, tag: tag) : .csv(cards.fileText, tag: tag)
        case .formats:
            let cards = FormatCards(words)
            return try resource.form == .json ? .json(cards, tag: tag) : .csv(cards.fileText, tag: tag)
        case .trials, .trial, .trialPanel:
            return try await trialDocument(resource, outcome: asked.outcome, words, tag: tag)
        case .rollouts, .rollout, .rolloutPanel:
            return try await rolloutDocument(
                resource, .init(indicator: asked.indicator, site: asked.site), words, tag: tag)
        }
    }

    private func rolloutDocument(
        _ resource: APIResource, _ wanted: RolloutReading.Wanted, _ words: Words, tag: String
    ) async throws -> Document {
        switch resource.name {
        case .rollout(let code):
            let page = try await found(dashboard.rollout(code, wanted, words), or: .unknownRollout)
            return try resource.form == .json ? .json(page.drawn, tag: tag) : .csv(page.fileText, tag: tag)
        case .rolloutPanel(let code, let name):
            let panel = try await dashboard.rolloutPanel(code, name, wanted, words)
            return try write(found(panel, or: .unknownPanel), resource.form, tag)
        default:
            let list = try await dashboard.rollouts(words)
            return try resource.form == .json ? .json(list, tag: tag) : .csv(list.fileText, tag: tag)
        }
    }

    private func trialDocument(
        _ resource: APIResource, outcome: String?, _ words: Words, tag: String
    ) async throws -> Document {
        switch resource.name {
        case .trial(let code):
            let page = try await found(dashboard.trial(code, outcome: outcome, words), or: .unknownTrial)
            return try resource.form == .json ? .json(page.drawn, tag: tag) : .csv(page.fileText, tag: tag)
        case .trialPanel(let code, let name):
            guard let panel = try await dashboard.trialPanel(code, name, outcome: outcome, words) else {
                throw try await dashboard.knowsTrial(code) ? Problem.unknownPanel : .unknownTrial
            }
            return try write(panel, resource.form, tag)
        default:
            let list = try await dashboard.trials(words)
            return try resource.form == .json ? .json(list, tag: tag) : .csv(list.fileText, tag: tag)
        }
    }

    private func comparison(
        _ indicator: String, _ part: ComparePart, _ place: Scope.Place, _ month: Month?,
        _ answer: (words: Words, form: APIResource.Form, tag: String)
    ) async throws -> Document {
        let panel = try await dashboard.comparison(indicator, part, place, month: month, answer.words)
        return try await write(found(panel, nil, place), answer.form, answer.tag)
    }

    private func write(_ document: PanelDocument, _ form: APIResource.Form, _ tag: String) throws -> Document {
        try form == .json ? .json(document, tag: tag) : .csv(document.fileText, tag: tag)
    }

    private func found<T>(_ value: T?, _ panel: PanelName?, _ place: Scope.Place) async throws -> T {
        guard let value else { throw Problem.of(try await dashboard.lacks(panel, place)) }
        return value
    }

    private func found<T>(_ value: T?, or problem: Problem) throws -> T {
        guard let value else { throw problem }
        return value
    }
}
