import Words

/// What a page is about: the whole programme, a region or a site.
struct Scope: Sendable, Equatable {
    enum Place: Sendable, Hashable {
        case programme
        case region(code: String)
        case site(code: String)
    }

    let place: Place
    let regionID: Int?
    let siteID: Int?
    let name: BilingualName
    /// The region of a site.
    let region: (code: String, name: BilingualName)?

    static let programme = Scope(
        place: .programme, regionID: nil, siteID: nil, name: BilingualName(name: "", chinese: nil), region: nil)

    static func == (a: Scope, b: Scope) -> Bool { a.place == b.place }

    var isSite: Bool { siteID != nil }
    var code: String {
        switch place {
        case .programme: ""
        case .region(let code), .site(let code): code
        }
    }
    var url: String {
        switch place {
        case .programme: "/"
        case .region(let code): "/regions/\(code)"
        case .site(let code): "/sites/\(code)"
        }
    }
    /// Where the scope's own answers are, such as `/api/v1/sites/QS-001`.
    var apiURL: String { place == .programme ? "/api/v1/programme" : "/api/v1\(url)" }

    /// The parameters that a counts statement takes: region, site.
    var parameters: [String?] { [siteID == nil ? regionID.map(String.init) : nil, siteID.map(String.init)] }

    func title(_ words: Words) -> String {
        place == .programme ? words("scope.programme") : name.text(in: words.language)
    }
}

extension Scope {
    /// As a document names it, with the way up.
    func place(_ words: Words) -> Page.Place {
        var parents: [Page.Place.Parent] = []
        if place != .programme { parents.append(.init(name: words("scope.programme"), url: "/")) }
        if let region {
            parents.append(.init(name: region.name.text(in: words.language), url: "/regions/\(region.code)"))
        }
        let kind =
            switch place {
            case .programme: "programme"
            case .region: "region"
            case .site: "site"
            }
        return Page.Place(kind: kind, code: code, name: title(words), url: url, parents: parents)
    }
}

/// A name in English, or the only language known, and in Chinese where there is one.
struct BilingualName: Sendable, Equatable {
    let name: String
    let chinese: String?

    func text(in language: Language) -> String { language == .chinese ? chinese ?? name : name }
}
