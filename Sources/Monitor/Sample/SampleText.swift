import CIconv

/// How a file is written: its encoding, its line ends and its digits.
enum SampleText {
    static let byteOrderMarkUTF8: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// UTF-16, little-endian, with its byte-order mark.
    static func utf16(_ text: String) -> [UInt8] {
        [0xFF, 0xFE] + text.utf16.flatMap { unit in [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
    }

    /// GB18030 by the C library's iconv; nil where it does not know the encoding.
    static func gb18030(_ text: String) -> [UInt8]? {
        guard let converter = iconv_open("GB18030", "UTF-8"), converter != iconv_t(bitPattern: -1) else { return nil }
        defer { iconv_close(converter) }
        var source = text.utf8.map { CChar(bitPattern: $0) }
        // A character of n bytes in UTF-8 takes at most 4 in GB18030, and n ≥ 1.
        var target = [CChar](repeating: 0, count: source.count * 4)
        let capacity = target.count
        var left = capacity
        let converted = source.withUnsafeMutableBufferPointer { input in
            target.withUnsafeMutableBufferPointer { output in
                var inputLeft = input.count
                var inputStart = input.baseAddress
                var outputStart = output.baseAddress
                return iconv(converter, &inputStart, &inputLeft, &outputStart, &left)
            }
        }
        guard converted == 0 else { return nil }
        return target.prefix(capacity - left).map { UInt8(bitPattern: $0) }
    }

    /// `1234567` as `"1,234,567"`, quoted because of the commas; cells below 1,000 as they are.
    static func withThousands(_ cell: String) -> String {
        guard cell.count > 3, cell.utf8.allSatisfy({ (48...57).contains($0) }) else { return cell }
        var grouped = ""
        for (position, digit) in cell.enumerated() {
            if position > 0, (cell.count - position) % 3 == 0 { grouped += "," }
            grouped.append(digit)
        }
        return "\"\(grouped)\""
    }

    /// `123` as `１２３` (U+FF10 and following).
    static func fullWidth(_ cell: String) -> String {
        String(
            String.UnicodeScalarView(
                cell.unicodeScalars.map { scalar in
                    (48...57).contains(scalar.value) ? Unicode.Scalar(scalar.value + 0xFEE0) ?? scalar : scalar
                }))
    }
}
