/// CSV as different programs write it. Quotes are doubled byte by byte: to a `Character` a quote with a combining mark
/// is no quote.
struct CSVText {
    private let delimiter: UInt8
    private let lineEnd: [UInt8]
    private let quotesAll: Bool

    init(variant: Int) {
        delimiter = [0x2C, 0x3B, 0x09][variant % 3]
        lineEnd = [[0x0A], [0x0D, 0x0A], [0x0D]][variant / 3 % 3]
        quotesAll = variant / 9 % 2 == 1
    }

    func bytes(_ rows: [[String]]) -> [UInt8] {
        Array(rows.map { Array($0.map(quoted).joined(separator: [delimiter])) }.joined(separator: lineEnd))
    }

    private func quoted(_ cell: String) -> [UInt8] {
        let needs = cell.utf8.contains { [0x22, 0x0A, 0x0D, 0x2C, 0x3B, 0x09].contains($0) }
        guard quotesAll || needs else { return Array(cell.utf8) }
        return [0x22] + cell.utf8.flatMap { $0 == 0x22 ? [0x22, 0x22] : [$0] } + [0x22]
    }
}
