import Foundation

/// A line of CSV (RFC 4180), each cell as it was sent. It is written byte by byte: to a `Character` CR LF is one letter and
/// a quote with an accent is no quote.
enum CSVLine {
    /// What a cell in quotes may hold: quotes, line ends, and every delimiter that `CSVReader` looks for.
    private static let quoted: Set<UInt8> = [0x22, 0x0A, 0x0D, 0x2C, 0x3B, 0x09]

    static func data(_ cells: [String]) -> Data {
        Data(cells.map(cell).joined(separator: [0x2C])) + [0x0D, 0x0A]
    }

    private static func cell(_ text: String) -> [UInt8] {
        guard text.utf8.contains(where: quoted.contains) else { return Array(text.utf8) }
        return [0x22] + text.utf8.flatMap { $0 == 0x22 ? [0x22, 0x22] : [$0] } + [0x22]
    }
}
