/// One row of a file: its line and its cells, as they were written.
public struct Record: Sendable {
    /// Line on which the row starts, from 1.
    let line: Int
    let cells: [[UInt8]]

    /// The cell as text. The stream is UTF-8 by now.
    func text(_ index: Int) -> String { String(decoding: cells[index], as: UTF8.self) }

    var isBlank: Bool { cells.allSatisfy { $0.allSatisfy { $0 == 0x20 } } }
}

/// Reads comma-, semicolon- or tab-separated text (RFC 4180; quotes may hold line ends), row by row.
struct CSVReader {
    private static let longestCell = 1 << 16
    private static let (tab, lineFeed, carriageReturn, quote) = (UInt8(9), UInt8(10), UInt8(13), UInt8(34))
    private static let (comma, semicolon) = (UInt8(44), UInt8(59))

    private let stream: TextStream
    private var chunk: [UInt8] = []
    private var position = 0
    private var line = 1
    private var delimiter: UInt8?

    init(_ stream: TextStream) {
        self.stream = stream
    }

    /// The next row that is not blank; nil at the end of the file.
    mutating func next() throws -> Record? {
        while let record = try readRow() {
            if !record.isBlank { return record }
        }
        return nil
    }

    private mutating func readRow() throws -> Record? {
        let start = line
        var cells: [[UInt8]] = []
        var cell: [UInt8] = []
        var sawAnything = false
        while let byte = try nextByte() {
            sawAnything = true
            switch byte {
            case Self.quote where cell.isEmpty:
                try readQuoted(into: &cell)
            case Self.carriageReturn, Self.lineFeed:
                if byte == Self.carriageReturn, try peek() == Self.lineFeed { position += 1 }
                line += 1
                return Record(line: start, cells: cells + [cell])
            case try columnDelimiter(at: byte):
                cells.append(cell)
                cell = []
            default:
                cell.append(byte)
                if cell.count > Self.longestCell { throw FileRefusal("cell_too_long", ["line": "\(start)"]) }
            }
        }
        return sawAnything ? Record(line: start, cells: cells + [cell]) : nil
    }

    /// What stands between quotes; a doubled quote is one. What follows the closing quote is read as it comes.
    private mutating func readQuoted(into cell: inout [UInt8]) throws {
        let start = line
        while let byte = try nextByte() {
            if byte == Self.quote {
                guard try peek() == Self.quote else { return }
                position += 1
            } else if byte == Self.lineFeed {
                line += 1
            }
            cell.append(byte)
            if cell.count > Self.longestCell { throw FileRefusal("quote_unterminated", ["line": "\(start)"]) }
        }
        throw FileRefusal("quote_unterminated", ["line": "\(start)"])
    }

    /// The first of comma, semicolon and tab to stand outside quotes is the file's delimiter.
    private mutating func columnDelimiter(at byte: UInt8) throws -> UInt8 {
        if let delimiter { return delimiter }
        if [Self.comma, Self.semicolon, Self.tab].contains(byte) { delimiter = byte }
        return delimiter ?? Self.comma
    }

    private mutating func nextByte() throws -> UInt8? {
        guard let byte = try peek() else { return nil }
        if byte == 0 { throw FileRefusal("file_not_text", ["bytes": "00", "line": "\(line)"]) }
        position += 1
        return byte
    }

    private mutating func peek() throws -> UInt8? {
        while position == chunk.count {
            guard let next = try stream.next() else { return nil }
            chunk = next
            position = 0
        }
        return chunk[position]
    }
}
