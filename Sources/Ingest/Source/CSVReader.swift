/// Reads comma-, semicolon- or tab-separated text (RFC 4180; quotes may hold line ends), row by row.
final class CSVReader: RecordSource {
    static let longestCell = 1 << 16
    /// As many as Excel has columns.
    static let mostCells = 16_384
    /// In bytes, as in a workbook: a row beyond it is a file that has lost its line ends, and would fill the memory.
    static let longestRow = 4 << 20
    static let delimiters = [comma, semicolon, tab]
    private static let (tab, lineFeed, carriageReturn, quote) = (UInt8(9), UInt8(10), UInt8(13), UInt8(34))
    private static let (comma, semicolon) = (UInt8(44), UInt8(59))

    private let stream: TextStream
    private var chunk: [UInt8] = []
    private var position = 0
    private var line = 1
    private var delimiter: UInt8?
    /// The bytes at which a plain row needs a look.
    private var isSpecial = [Bool](repeating: false, count: 256)

    /// - Parameter delimiter: nil for the first of them that stands outside quotes.
    init(_ stream: TextStream, delimiter: UInt8? = nil) {
        self.stream = stream
        self.delimiter = delimiter
        for byte in [0, Self.lineFeed, Self.carriageReturn, Self.quote] { isSpecial[Int(byte)] = true }
        if let delimiter { isSpecial[Int(delimiter)] = true }
    }

    var progress: Double? { stream.progress }

    func next(_ record: inout Record) throws -> Bool {
        repeat {
            guard try readPlainRow(&record) || readRow(&record) else { return false }
        } while record.isBlank
        return true
    }

    /// A row without quotes that lies whole in the chunk, which nearly every row does.
    /// - Returns: false, and nothing has happened, for any other row.
    private func readPlainRow(_ record: inout Record) throws -> Bool {
        guard let delimiter, position < chunk.count else { return false }
        record.begin(line: line)
        let end: Int? = chunk.withUnsafeBufferPointer { bytes in
            isSpecial.withUnsafeBufferPointer { isSpecial in
                var start = position
                var index = position
                while index < bytes.count {
                    let byte = bytes[index]
                    if isSpecial[Int(byte)] {
                        if byte != delimiter, byte != Self.lineFeed { return nil }
                        if index - start > Self.longestCell || record.count == Self.mostCells { return nil }
                        record.append(UnsafeBufferPointer(rebasing: bytes[start..<index]))
                        start = index + 1
                        if byte == Self.lineFeed { return start }
                    }
                    index += 1
                }
                return nil
            }
        }
        guard let end else { return false }
        position = end
        line += 1
        return true
    }

    /// Any row. What follows a closing quote is read as it comes.
    private func readRow(_ record: inout Record) throws -> Bool {
        let start = line
        record.begin(line: start)
        var sawAnything = false
        while let byte = try nextByte() {
            sawAnything = true
            switch byte {
            case Self.quote where record.openCellCount == 0:
                try readQuoted(into: &record)
            case Self.carriageReturn, Self.lineFeed:
                if byte == Self.carriageReturn, try peek() == Self.lineFeed { position += 1 }
                line += 1
                record.endCell()
                return true
            case columnDelimiter(at: byte):
                record.endCell()
                guard record.count < Self.mostCells, record.byteCount <= Self.longestRow else {
                    throw FileRefusal("row_too_long", ["line": "\(start)"])
                }
            default:
                record.append(byte: byte)
                if record.openCellCount > Self.longestCell { throw FileRefusal("cell_too_long", ["line": "\(start)"]) }
            }
        }
        if sawAnything { record.endCell() }
        return sawAnything
    }

    /// What stands between quotes; a doubled quote is one. A cell that is too long is read to its end all the same: where
    /// none comes, the quote is what is wrong.
    private func readQuoted(into record: inout Record) throws {
        let start = line
        var isTooLong = false
        while let byte = try nextByte() {
            if byte == Self.quote {
                guard try peek() == Self.quote else {
                    if isTooLong { throw FileRefusal("cell_too_long", ["line": "\(start)"]) }
                    return
                }
                position += 1
            } else if byte == Self.lineFeed {
                line += 1
            }
            isTooLong = isTooLong || record.openCellCount == Self.longestCell
            if !isTooLong { record.append(byte: byte) }
        }
        throw FileRefusal("quote_unterminated", ["line": "\(start)"])
    }

    /// The first of comma, semicolon and tab to stand outside quotes is the file's delimiter.
    private func columnDelimiter(at byte: UInt8) -> UInt8 {
        if let delimiter { return delimiter }
        if Self.delimiters.contains(byte) {
            delimiter = byte
            isSpecial[Int(byte)] = true
        }
        return delimiter ?? Self.comma
    }

    private func nextByte() throws -> UInt8? {
        guard let byte = try peek() else { return nil }
        if byte == 0 { throw FileRefusal("file_not_text", ["bytes": "00", "line": "\(line)"]) }
        position += 1
        return byte
    }

    private func peek() throws -> UInt8? {
        while position == chunk.count {
            guard let next = try stream.next() else { return nil }
            chunk = next
            position = 0
        }
        return chunk[position]
    }
}
