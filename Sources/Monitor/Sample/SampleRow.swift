import Ingest

/// One row of a monthly file as a clerk submits it.
struct SampleRow: Sendable {
    var site: String
    var month: Month
    /// `YYYY-MM-DDTHH:MM:SS+08:00`.
    var submittedAt: String
    /// One cell a column; blank is "not reported".
    private(set) var cells: [String]

    init(site: String, month: Month, submittedAt: String, counts: SampleCounts) {
        self.site = site
        self.month = month
        self.submittedAt = submittedAt
        cells = SampleColumn.allCases.map { String(counts[$0]) }
    }

    /// The count in a column; nil if it is blank or no whole number.
    subscript(column: SampleColumn) -> Int? {
        get { Int(cells[column.rawValue]) }
        set { cells[column.rawValue] = newValue.map(String.init) ?? "" }
    }

    mutating func add(_ number: Int, to column: SampleColumn) { self[column] = (self[column] ?? 0) + number }

    mutating func write(_ text: String, in column: SampleColumn) { cells[column.rawValue] = text }

    mutating func erase() { cells = cells.map { _ in "" } }
}

/// A row on its way: the version, and the file with which it arrives.
struct SampleSubmission: Sendable {
    var row: SampleRow
    let region: SampleRegion
    /// 1 for the first submission; corrections come with the files of a later month.
    let version: Int
    let arrival: Month
}
