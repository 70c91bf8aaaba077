/// The tables of a file, in the order in which they are to be loaded: what others refer to comes first.
enum Tables {
    /// - Parameter hasKey: whether the programme keeps clients' numbers to itself. Then, and where arms are told, receipts
    ///   do not repeat names that a sender made up: a sheet may be called after the client, or the arm, that it is about.
    /// - Throws: `FileRefusal` for a file without a table of ours.
    static func find(in file: ReceivedFile, _ vocabulary: Vocabulary, hasKey: Bool = false) throws -> [Table] {
        let keepsBack = { (table: Table) in
            table.header.kind.isMasked || hasKey && table.header.kind.isPersonal
        }
        var tables = try all(in: file, vocabulary)
        if tables.contains(where: keepsBack) {
            for index in tables.indices { tables[index].keepNamesBack(vocabulary) }
        }
        return withRows(tables)
    }

    /// Next month's sheet may stand there with nothing but its header: it is named, where others have rows.
    private static func withRows(_ tables: [Table]) -> [Table] {
        var filled = tables.filter(\.hasRows)
        guard !filled.isEmpty, filled.count < tables.count else { return tables }
        filled[0].notices =
            tables.flatMap(\.notices)
            + tables.filter { !$0.hasRows }.map { table in
                Notice("sheet_not_read", ["sheet": table.label ?? "", "place": "\(table.place)"])
            }
        return filled
    }

    private static func all(in file: ReceivedFile, _ vocabulary: Vocabulary) throws -> [Table] {
        switch try FileFormat.decide(file) {
        case .csv:
            let encoding = try EncodingDetector.decide(file)
            if try DataValues.isHeader(of: CSVReader(TextStream(file, encoding))) {
                let values = try DataValues(csv: CSVReader(TextStream(file, encoding)))
                return [try dataValues(values, encoding, vocabulary)]
            }
            return [try text(file, encoding, vocabulary)]
        case .dataValueSet:
            return [try dataValues(DataValues(json: file), nil, vocabulary)]
        case .workbook: return try sheets(of: Workbook(file), vocabulary)
        }
    }

    private static func dataValues(
        _ values: DataValues, _ encoding: EncodingDecision?, _ vocabulary: Vocabulary
    ) throws -> Table {
        try Table(format: .dataValueSet, encoding: encoding, vocabulary) { DataValueSource(values) }
    }

    /// The first delimiter to stand in a file is its own, unless no header comes of it: then it stood in a title.
    private static func text(
        _ file: ReceivedFile, _ encoding: EncodingDecision, _ vocabulary: Vocabulary
    ) throws -> Table {
        let table = { (delimiter: UInt8?) in
            try Table(format: .csv, encoding: encoding, vocabulary) {
                CSVReader(try TextStream(file, encoding), delimiter: delimiter)
            }
        }
        do { return try table(nil) } catch let refusal as FileRefusal where refusal.code == "kind_unknown" {
            var nearest = refusal
            for delimiter in CSVReader.delimiters {
                do { return try table(delimiter) } catch let other as FileRefusal where other.isOfHeader {
                    nearest = other
                } catch is FileRefusal {}
            }
            throw nearest
        }
    }

    /// Every visible sheet that holds a table; the first of them says which others were not read.
    private static func sheets(of workbook: Workbook, _ vocabulary: Vocabulary) throws -> [Table] {
        var tables: [Table] = []
        var notices: [Notice] = []
        var refusal: FileRefusal?
        for (index, sheet) in workbook.sheets.enumerated() {
            let named = ["sheet": sheet.name, "place": "\(index + 1)"]
            guard sheet.state == .visible else {
                notices.append(Notice("hidden_sheet", named))
                continue
            }
            do {
                tables.append(
                    try Table(sheet: sheet.name, place: index + 1, format: .workbook, vocabulary) {
                        try SheetSource(workbook, sheet)
                    })
            } catch let error as FileRefusal where error.isOfOtherSheet {
                notices.append(Notice("sheet_not_read", named))
                if error.code != "file_empty", refusal == nil || error.code == "column_missing" { refusal = error }
            }
        }
        guard !tables.isEmpty else { throw refusal ?? FileRefusal("workbook_no_sheet") }
        let order = { (table: Table) in ReportKind.all.firstIndex(of: table.header.kind) ?? 0 }
        tables.sort { order($0) < order($1) }
        tables[0].notices = notices
        return tables
    }
}

extension FileRefusal {
    /// A row was understood as a header, and says what is wrong with it.
    fileprivate var isOfHeader: Bool { ["column_missing", "column_twice"].contains(code) }

    /// A sheet holds notes, or nothing: another may hold the report.
    fileprivate var isOfOtherSheet: Bool { ["kind_unknown", "column_missing", "file_empty"].contains(code) }
}
