/// A zip archive whose entries are stored as they are, with right checksums, which no fuzzer guesses
/// (APPNOTE.TXT 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16).
enum StoredZip {
    static func bytes(_ entries: [(name: String, bytes: [UInt8])]) -> [UInt8] {
        var out: [UInt8] = []
        var directory: [UInt8] = []
        for entry in entries {
            let offset = out.count
            let common = fields(entry)
            out += number(0x0403_4B50, 4) + common + number(0, 2) + Array(entry.name.utf8) + entry.bytes
            directory += number(0x0201_4B50, 4) + number(20, 2) + common + number(0, 2)
            directory += number(0, 2) + number(0, 2) + number(0, 2) + number(0, 4) + number(offset, 4)
            directory += Array(entry.name.utf8)
        }
        let start = out.count
        out += directory + number(0x0605_4B50, 4) + number(0, 4)
        out += number(entries.count, 2) + number(entries.count, 2)
        return out + number(directory.count, 4) + number(start, 4) + number(0, 2)
    }

    /// What an entry's own header and the directory say alike: version to the length of the name.
    private static func fields(_ entry: (name: String, bytes: [UInt8])) -> [UInt8] {
        number(20, 2) + number(0, 2) + number(0, 2) + number(0, 4) + number(Int(checksum(entry.bytes)), 4)
            + number(entry.bytes.count, 4) + number(entry.bytes.count, 4) + number(entry.name.utf8.count, 2)
    }

    private static func number(_ value: Int, _ bytes: Int) -> [UInt8] {
        (0..<bytes).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }

    private static let table: [UInt32] = (0..<256).map { (byte: UInt32) in
        (0..<8).reduce(byte) { sum, _ in sum & 1 == 1 ? 0xEDB8_8320 ^ (sum >> 1) : sum >> 1 }
    }

    /// CRC-32 of IEEE 802.3.
    private static func checksum(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(~UInt32(0)) { table[Int(($0 ^ UInt32($1)) & 0xFF)] ^ ($0 >> 8) }
    }
}
