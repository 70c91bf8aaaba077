import Foundation

/// Parsed JSON of the reference files; a number may be written as "Inf" or "-Inf", a missing one as null.
enum JSON: Sendable {
    case null
    case number(Double)
    case text(String)
    case array([JSON])
    case object([String: JSON])

    init(_ parsed: Any) {
        switch parsed {
        case let number as NSNumber: self = .number(number.doubleValue)
        case let text as String: self = JSON.infinities[text].map(JSON.number) ?? .text(text)
        case let array as [Any]: self = .array(array.map(JSON.init))
        case let object as [String: Any]: self = .object(object.mapValues(JSON.init))
        default: self = .null
        }
    }

    init(contentsOf file: URL) throws {
        self.init(try JSONSerialization.jsonObject(with: Data(contentsOf: file)))
    }

    private static let infinities = ["Inf": Double.infinity, "-Inf": -Double.infinity]

    /// The member of an object, null if there is none.
    subscript(key: String) -> JSON {
        if case .object(let members) = self { members[key] ?? .null } else { .null }
    }

    var number: Double? {
        if case .number(let number) = self { number } else { nil }
    }

    /// A column of numbers with nil for null; R writes a column of one as a bare number.
    var column: [Double?] {
        if case .array(let items) = self { items.map(\.number) } else { number.map { [$0] } ?? [] }
    }

    /// A column without gaps.
    var numbers: [Double] { column.compactMap { $0 } }

    var items: [JSON] {
        if case .array(let items) = self { items } else { [] }
    }

    var members: [String: JSON] {
        if case .object(let members) = self { members } else { [:] }
    }

    var text: String? {
        if case .text(let text) = self { text } else { nil }
    }
}
