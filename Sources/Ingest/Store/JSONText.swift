/// JSON for PostgreSQL's jsonb, written without a tree: a refused file may have millions of rows.
enum JSONText {
    /// An object in the given order; of two fields with one name the second gets a number.
    static func object(_ fields: [(name: String, text: String)]) -> String {
        var names: Set<String> = []
        let pairs = fields.enumerated().map { index, field in
            let name = names.insert(field.name).inserted ? field.name : "\(field.name) (\(index + 1))"
            return "\(string(name)): \(string(field.text))"
        }
        return "{" + pairs.joined(separator: ", ") + "}"
    }

    /// A zero byte has no place in PostgreSQL's text.
    static func string(_ text: String) -> String {
        var bytes: [UInt8] = [0x22]
        for byte in text.utf8 {
            switch byte {
            case 0x22, 0x5C: bytes += [0x5C, byte]
            case 0: bytes += Array("\u{FFFD}".utf8)
            case 1..<0x20: bytes += Array("\\u00".utf8) + [hexDigit(byte >> 4), hexDigit(byte & 15)]
            default: bytes.append(byte)
            }
        }
        return String(decoding: bytes + [0x22], as: UTF8.self)
    }

    private static func hexDigit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x57 + value }
}
