/// Collects a string of a workbook: one text, or the texts of formatted runs one after another.
struct RichText {
    /// UTF-8. One byte over the limit says that there was more.
    private(set) var bytes: [UInt8] = []
    private let limit: Int
    private var start = 0
    private var keepsSpace = false

    init(limit: Int) {
        self.limit = limit
    }

    var isTooLong: Bool { bytes.count > limit }

    mutating func clear() { bytes.removeAll(keepingCapacity: true) }

    /// Begins a text. Without xml:space="preserve" the space around it is the writer's indentation, as in Excel.
    mutating func begin(_ attributes: XMLAttributes) {
        start = bytes.count
        keepsSpace = attributes["space"]?.string == "preserve"
    }

    mutating func append(_ more: UnsafeRawBufferPointer) {
        bytes.append(contentsOf: more.prefix(limit + 1 - bytes.count))
    }

    mutating func end() {
        if keepsSpace { return }
        while bytes.count > start, let last = bytes.last, Self.isSpace(last) { bytes.removeLast() }
        bytes.removeSubrange(start..<(bytes[start...].firstIndex { !Self.isSpace($0) } ?? bytes.count))
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x09 || byte == 0x0D }
}

/// Characters that XML cannot hold are written _xHHHH_, a UTF-16 unit each (ECMA-376-1, 22.9.2.19: ST_Xstring).
enum EscapedCharacters {
    static func decoded(_ bytes: some Collection<UInt8>) -> String {
        guard bytes.contains(0x5F) else { return String(decoding: bytes, as: UTF8.self) }
        var units: [UInt16] = []
        var rest = Substring(String(decoding: bytes, as: UTF8.self)).utf16
        while let unit = rest.first {
            let escape = unit == 0x5F ? escaped(rest) : nil
            units.append(escape ?? unit)
            rest = rest.dropFirst(escape == nil ? 1 : 7)
        }
        return String(decoding: units, as: UTF16.self)
    }

    /// A zero is no character of ours: PostgreSQL has none.
    private static func escaped(_ text: Substring.UTF16View) -> UInt16? {
        let escape = text.prefix(7).compactMap { UInt8(exactly: $0) }
        guard escape.count == 7, escape[1] == 0x78, escape[6] == 0x5F,
            escape[2...5].allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit })
        else { return nil }
        let value = UInt16(String(decoding: escape[2...5], as: UTF8.self), radix: 16)
        return value == 0 ? 0xFFFD : value
    }
}
