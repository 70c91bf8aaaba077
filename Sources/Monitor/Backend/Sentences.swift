import Ingest
import Words

/// What a receipt says of a file, in a language: names that are ours by their words, and never more of them than are read.
extension Words {
    static let namesShown = 8

    func refusal(_ code: String, _ details: [String: String]) -> String {
        var values = details
        if let kind = details["kind"] {
            values["title"] = self("kind.\(kind)")
            let missing = details["missing"]?.split(separator: ", ").compactMap { column(String($0), of: kind) }
            values["missing"] = missing.map(shortened)
            values["column"] = column(details["column"], of: kind)
        }
        return self("refusal.\(code)", values)
    }

    func notice(_ code: String, _ details: [String: String]) -> String {
        var values = details
        values["columns"] = details["columns"].map { shortened($0.split(separator: ", ").map(String.init)) }
        return self("notice.\(code)", values)
    }

    /// The first of some names, and how many more there are.
    func shortened(_ names: [String]) -> String {
        let more = names.count - Self.namesShown
        return list(Array(names.prefix(Self.namesShown))) + (more > 0 ? counted("receipt.columns_more", more) : "")
    }
}
