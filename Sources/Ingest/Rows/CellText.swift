import Foundation

/// A cell's text as people type it, brought to plain form: no space around it, full-width characters made narrow.
enum CellText {
    static func plain(_ bytes: some Collection<UInt8>) -> String {
        let text = String(decoding: bytes, as: UTF8.self)
        return (bytes.allSatisfy { $0 < 0x80 } ? text : narrowed(text)).trimmed
    }

    /// Full-width ASCII (U+FF01–FF5E) and the ideographic space, as Chinese keyboards write them.
    static func narrowed(_ text: String) -> String {
        let offset: UInt32 = 0xFF01 - 0x21
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0xFF01...0xFF5E: scalars.append(Unicode.Scalar(scalar.value - offset) ?? scalar)
            case 0x3000, 0x00A0: scalars.append(" ")
            case 0xFEFF, 0x200B: continue
            default: scalars.append(scalar)
            }
        }
        return String(scalars)
    }

    /// Thousands separators taken out, where they stand as separators do: 12,904 and 12 904 but not 1,2.
    static func withoutThousands(_ text: String) -> String {
        let separators: Set<Character> = [",", " ", "\u{2009}", "\u{202F}", "'"]
        guard let separator = text.first(where: separators.contains) else { return text }
        let whole = text.prefix { $0 != "." }
        let groups = whole.split(separator: separator, omittingEmptySubsequences: false)
        guard (1...3).contains(groups[0].count), groups[0] != "0", groups.dropFirst().allSatisfy({ $0.count == 3 })
        else { return text }
        return groups.joined() + text.dropFirst(whole.count)
    }

    /// A number without its minus, as keyboards and typesetters write it. A dash that stands alone is no minus.
    static func magnitude(_ text: String) -> (digits: Substring, isNegative: Bool) {
        let digits = text.dropFirst()
        guard text.hasPrefix("-") || text.hasPrefix("−"), isDigits(digits.prefix(1))
        else { return (text[...], false) }
        return (digits, true)
    }

    static func isDigits(_ text: Substring) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }

    /// 1.2E+17: what Excel makes of an identity number.
    static func hasExponent(_ text: String) -> Bool {
        text.wholeMatch(of: /\d(\.\d+)?[Ee]\+\d+/) != nil
    }
}

extension String {
    /// Without the space around it.
    var trimmed: String { trimmingCharacters(in: .whitespacesAndNewlines) }
}
