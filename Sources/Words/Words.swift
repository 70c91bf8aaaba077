import Foundation

/// A language that the product speaks.
public enum Language: String, Sendable, CaseIterable, Codable {
    case english = "en"
    case chinese = "zh"

    /// The first language of an `Accept-Language` header that we speak; English otherwise.
    public init(accepting header: String?) {
        let wanted = (header ?? "").split(separator: ",").map { range -> (tag: String, quality: Double) in
            let parts = range.split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }
            let quality = parts.dropFirst().first { $0.hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) }
            return (parts.first?.lowercased() ?? "", quality ?? 1)
        }
        let best = wanted.sorted { $0.quality > $1.quality }.lazy
            .compactMap { Language(rawValue: String($0.tag.prefix(2))) }.first
        self = best ?? .english
    }
}

/// The words of one language, by key. Texts hold `{names}` for what is filled in; a key with a count may have
/// other texts under `key.one` and `key.none`.
public struct Words: Sendable {
    public let language: Language
    public let texts: [String: String]

    public init(language: Language, texts: [String: String]) {
        self.language = language
        self.texts = texts
    }

    /// The text under `key` with its names filled in. A missing key shows itself: it is found by a test, and a
    /// reader is better served by a key than by nothing.
    public func callAsFunction(_ key: String, _ values: [String: String] = [:]) -> String {
        // Once through the text: what is filled in is a reader's cell, and is not filled in itself.
        let pieces = (texts[key] ?? key).split(separator: "{", omittingEmptySubsequences: false)
        return pieces.dropFirst().reduce(String(pieces.first ?? "")) { text, piece in
            guard let end = piece.firstIndex(of: "}"), let value = values[String(piece[..<end])] else {
                return text + "{" + piece
            }
            return text + value.printable + piece[piece.index(after: end)...]
        }
    }

    /// The text under `key`, or under `key.one` or `key.none` where there is one and the count is 1 or 0; `{count}` is
    /// filled in.
    public func counted(_ key: String, _ count: Int, _ values: [String: String] = [:]) -> String {
        let special = [0: "\(key).none", 1: "\(key).one"][count]
        return self(
            special.flatMap { texts[$0] == nil ? nil : $0 } ?? key,
            values.merging(["count": grouped(count)]) { own, _ in own })
    }

    public func has(_ key: String) -> Bool { texts[key] != nil }

    /// A whole number with thousands separated: 12,904.
    public func grouped(_ number: Int) -> String {
        var rest = String(number.magnitude)[...]
        var groups: [Substring] = []
        while rest.count > 3 {
            groups.insert(rest.suffix(3), at: 0)
            rest = rest.dropLast(3)
        }
        return (number < 0 ? "−" : "") + ([rest] + groups).joined(separator: ",")
    }
}

extension String {
    /// Without characters that steer a terminal, begin a line or turn the direction of writing: what a file says is told,
    /// not obeyed.
    public var printable: String {
        guard unicodeScalars.contains(where: \.steers) else { return self }
        var scalars = String.UnicodeScalarView()
        for scalar in unicodeScalars { scalars.append(scalar.steers ? "\u{FFFD}" : scalar) }
        return String(scalars)
    }
}

extension Unicode.Scalar {
    fileprivate var steers: Bool {
        switch value {
        case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}
