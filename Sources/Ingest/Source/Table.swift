/// A table found in a file: its header, and its rows as often as they are asked for.
struct Table {
    let header: Header
    /// Line of the header; rows are below it.
    let headerLine: Int
    /// The sheet's name, where the file is a workbook.
    let sheet: String?
    let format: FileFormat
    let encoding: EncodingDecision?
    /// What the file as a whole has to say: sheets that were not read.
    var notices: [Notice] = []
    fileprivate let open: () throws -> any RecordSource

    /// A header may stand below a title, in the first so many rows that are not blank.
    private static let headerWithin = 10

    /// The rows below the header, from the first.
    func rows() throws -> any RecordSource {
        let source = try open()
        var record = Record()
        while try source.next(&record), record.line < headerLine {}
        source.headerIsKnown(header)
        return source
    }

    /// Finds the header: of the first rows the one of which most cells are columns of a kind.
    init(
        sheet: String? = nil, format: FileFormat, encoding: EncodingDecision? = nil, _ vocabulary: Vocabulary,
        _ open: @escaping () throws -> any RecordSource
    ) throws {
        let source = try open()
        var record = Record()
        var best: (header: Header, line: Int)?
        var refusal: FileRefusal?
        var rows = 0
        while rows < Self.headerWithin, try source.next(&record) {
            rows += 1
            if sheet != nil { record.cut(to: 0) }
            do {
                let header = try Header(record, vocabulary)
                if header.known > best?.header.known ?? 0 { best = (header, record.line) }
            } catch let error as FileRefusal {
                // The row that is nearest to a header says best what is missing.
                if refusal == nil || (refusal?.code == "kind_unknown" && error.code != "kind_unknown") {
                    refusal = error
                }
            }
        }
        guard let best else { throw refusal ?? FileRefusal("no_rows") }
        header = best.header
        headerLine = best.line
        self.sheet = sheet
        self.format = format
        self.encoding = encoding
        self.open = open
    }
}

/// The tables of a file, in the order in which they are to be loaded: what others refer to comes first.
enum Tables {
    static func find(in file: ReceivedFile, _ vocabulary: Vocabulary) throws -> [Table] {
        switch try FileFormat.decide(file) {
        case .csv:
            let encoding = try EncodingDetector.decide(file)
            if try DataValues.isHeader(of: CSVReader(TextStream(file, encoding))) {
                return [try dataValues(vocabulary) { try DataValues(csv: CSVReader(TextStream(file, encoding))) }]
            }
            return [
                try Table(format: .csv, encoding: encoding, vocabulary) { CSVReader(try TextStream(file, encoding)) }
            ]
        case .dataValueSet:
            return [try dataValues(vocabulary) { try DataValues(json: file) }]
        case .workbook: return try sheets(of: Workbook(file), vocabulary)
        }
    }

    private static func dataValues(_ vocabulary: Vocabulary, _ read: () throws -> DataValues) throws -> Table {
        let values = try read()
        return try Table(format: .dataValueSet, vocabulary) { DataValueSource(values) }
    }

    /// Every visible sheet that holds a table; the first of them says which others were not read.
    private static func sheets(of workbook: Workbook, _ vocabulary: Vocabulary) throws -> [Table] {
        var tables: [Table] = []
        var notices: [Notice] = []
        var refusal: FileRefusal?
        for sheet in workbook.sheets {
            guard sheet.state == .visible else {
                notices.append(Notice("hidden_sheet", ["sheet": sheet.name]))
                continue
            }
            do {
                tables.append(
                    try Table(sheet: sheet.name, format: .workbook, vocabulary) { try SheetSource(workbook, sheet) })
            } catch let error as FileRefusal where ["kind_unknown", "column_missing", "no_rows"].contains(error.code) {
                notices.append(Notice("sheet_not_read", ["sheet": sheet.name]))
                if refusal == nil || error.code == "column_missing" { refusal = error }
            }
        }
        guard !tables.isEmpty else { throw refusal ?? FileRefusal("no_rows") }
        let order = { (table: Table) in ReportKind.all.firstIndex(of: table.header.kind) ?? 0 }
        tables.sort { order($0) < order($1) }
        tables[0].notices = notices
        return tables
    }
}
