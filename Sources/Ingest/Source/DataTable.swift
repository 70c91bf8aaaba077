/// A table of anybody's: the first row names the columns, the others are texts. For analyses of a file that is not one of
/// the programme's reports, and is not stored.
public struct DataTable: Sendable {
    public let columns: [String]
    public let rows: [Row]

    public struct Row: Sendable {
        /// Line of the file, from 1.
        public let line: Int
        public let cells: [String]
    }

    /// - Throws: `FileRefusal` for a file that is not text, or has no row below its header.
    public init(_ file: ReceivedFile) throws {
        if try FileFormat.decide(file) == .workbook { throw FileRefusal("table_is_workbook") }
        let reader = try CSVReader(TextStream(file, EncodingDetector.decide(file)))
        var record = Record()
        guard try reader.next(&record) else { throw FileRefusal("file_empty") }
        let names = record.texts.map { $0.trimmed }
        columns = names
        var rows: [Row] = []
        while try reader.next(&record) {
            let texts = record.texts.map { $0.trimmed }
            let blanks = Array(repeating: "", count: max(0, names.count - texts.count))
            rows.append(Row(line: record.line, cells: texts + blanks))
        }
        guard !rows.isEmpty else { throw FileRefusal("no_rows") }
        self.rows = rows
    }
}
