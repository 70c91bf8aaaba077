import Ingest
import Words

/// Every fault of a row, refusal of a file and notice that a receipt can hold, in the words of a language.
struct FaultCatalogue {
    struct Entry: Encodable, Sendable {
        let code, about, meaning, remedy: String

        var row: PanelRow {
            ["code": .text(code), "about": .text(about), "meaning": .text(meaning), "remedy": .text(remedy)]
        }
    }

    static let columns = ["code", "about", "meaning", "remedy"]

    let words: Words

    var entries: [Entry] {
        Defect.Code.allCases.map { entry($0.rawValue, about: "row", key: "defect") }
            + FileRefusal.codes.map { entry($0, about: "file", key: "refusal") }
            + Notice.codes.map { entry($0, about: "notice", key: "notice") }
    }

    /// What is filled in later stands as "…".
    private func entry(_ code: String, about: String, key: String) -> Entry {
        let remedy = "\(key).\(code).remedy"
        return Entry(
            code: code, about: words("catalogue.about.\(about)"), meaning: open(words("\(key).\(code)")),
            remedy: words.has(remedy) ? open(words(remedy)) : "")
    }

    private func open(_ text: String) -> String { text.replacing(/\{[a-z]+\}/, with: "…") }
}
