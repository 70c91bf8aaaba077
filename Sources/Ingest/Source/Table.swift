/// A table found in a file: its header, and its rows as often as they are asked for.
struct Table {
    private(set) var header: Header
    /// Line of the header; rows are below it.
    let headerLine: Int
    /// The sheet's name, where the file is a workbook.
    let sheet: String?
    /// The sheet as receipts call it.
    private(set) var label: String?
    /// The sheet's place in its workbook, from 1.
    let place: Int
    let format: FileFormat
    let encoding: EncodingDecision?
    /// Whether anything stands below the header.
    let hasRows: Bool
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
        sheet: String? = nil, place: Int = 1, format: FileFormat, encoding: EncodingDecision? = nil,
        _ vocabulary: Vocabulary, _ open: @escaping () throws -> any RecordSource
    ) throws {
        let source = try open()
        var record = Record()
        var best: (header: Header, line: Int)?
        var refusal: FileRefusal?
        var rows = 0
        var rowsBelow = 0
        // One row more than the last that may be the header, to see whether there is one.
        while rows <= Self.headerWithin, try source.next(&record) {
            rows += 1
            rowsBelow += 1
            if rows > Self.headerWithin { break }
            if sheet != nil { record.cut(to: 0) }
            do {
                let header = try Header(record, vocabulary)
                if header.known > best?.header.known ?? 0 { (best, rowsBelow) = ((header, record.line), 0) }
            } catch let error as FileRefusal {
                // The row that is nearest to a header says best what is missing.
                if refusal == nil || (refusal?.code == "kind_unknown" && error.code != "kind_unknown") {
                    refusal = error
                }
            }
        }
        guard let best else { throw refusal ?? FileRefusal("file_empty") }
        header = best.header
        headerLine = best.line
        hasRows = rowsBelow > 0
        self.sheet = sheet
        label = sheet
        self.place = place
        self.format = format
        self.encoding = encoding
        self.open = open
    }

    /// Sheets and columns whose names are not ours go by their places from now on.
    mutating func keepNamesBack(_ vocabulary: Vocabulary) {
        let told = { (name: String, place: String) in vocabulary.isOurs(sheet: name) ? name : "#\(place)" }
        label = sheet.map { told($0, "\(place)") }
        notices = notices.map { notice in
            guard let name = notice.details["sheet"], let place = notice.details["place"] else { return notice }
            return Notice(notice.code, notice.details.merging(["sheet": told(name, place)]) { $1 })
        }
        header.keepNamesBack()
    }
}
