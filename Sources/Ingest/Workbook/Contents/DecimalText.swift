/// Numbers as people typed them. Excel writes the binary value with 17 digits (1.1 as 1.1000000000000001) but keeps no
/// more than 15 of what is typed: rounded to 15, the typed number comes back.
enum DecimalText {
    static let typedDigits = 15

    /// Without an exponent, without zeros at the end; nil where the text is no number.
    static func plain(_ stored: String) -> String? {
        let isShort = (1...typedDigits).contains(stored.utf8.count)
        if isShort, stored.utf8.allSatisfy({ (0x30...0x39).contains($0) }) { return stored }
        guard var number = Decimal(stored) else { return nil }
        number.round(to: typedDigits)
        return number.text
    }
}

/// Digits and the place of their point: 12.5 is 125 with 2 whole digits.
private struct Decimal {
    private var isNegative = false
    private var digits: [UInt8] = []
    private var wholeDigits = 0
    /// Powers of ten of a double, with its denormals. The smallest integer has no magnitude, so none is taken.
    private static let exponents = -330...330

    init?(_ text: String) {
        var rest = Substring(text)
        isNegative = rest.first == "-"
        if rest.first == "-" || rest.first == "+" { rest.removeFirst() }
        let parts = rest.split(maxSplits: 1, omittingEmptySubsequences: false) { $0 == "e" || $0 == "E" }
        let exponent = parts.count == 2 ? Int(parts[1]) : 0
        let mantissa = parts[0].split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        digits = mantissa.joined().utf8.map { $0 &- 0x30 }
        guard let exponent, Self.exponents.contains(exponent), !digits.isEmpty, digits.allSatisfy({ $0 < 10 })
        else { return nil }
        let zeros = digits.prefix { $0 == 0 }.count
        digits.removeFirst(zeros)
        wholeDigits = mantissa[0].utf8.count + exponent - zeros
    }

    mutating func round(to count: Int) {
        let roundsUp = digits.count > count && digits[count] >= 5
        digits = Array(digits.prefix(count))
        if roundsUp { increment() }
        while digits.last == 0 { digits.removeLast() }
    }

    /// Adds one to the last digit.
    private mutating func increment() {
        while digits.last == 9 { digits.removeLast() }
        if digits.isEmpty {
            digits = [1]
            wholeDigits += 1
        } else {
            digits[digits.count - 1] += 1
        }
    }

    var text: String {
        if digits.isEmpty { return "0" }
        let written = digits.map { $0 + 0x30 }
        let zeros = [UInt8](repeating: 0x30, count: max(-wholeDigits, wholeDigits - digits.count, 0))
        var text: [UInt8] = isNegative ? [0x2D] : []
        if wholeDigits <= 0 {
            text += [0x30, 0x2E] + zeros + written
        } else if wholeDigits >= digits.count {
            text += written + zeros
        } else {
            text += written[..<wholeDigits] + [0x2E] + written[wholeDigits...]
        }
        return String(decoding: text, as: UTF8.self)
    }
}
