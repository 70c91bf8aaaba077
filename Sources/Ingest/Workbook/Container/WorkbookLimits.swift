/// How much a workbook may ask of the machine. What a file says of its own sizes is not believed.
struct WorkbookLimits: Sendable {
    /// Bytes that may come out of one file, all passes together: a million rows of 33 columns, read twice, are 3 GB.
    var inflatedBytes = 4 << 30
    /// Bytes that may come out of each byte of the file. Sheets of one repeated row stay below 100.
    var inflationRatio = 256
    /// What any file may inflate to, however small it is.
    var freeBytes = 64 << 20
    /// Every pass goes by all of them.
    var entries = 4096
    /// Levels of XML; Excel's own files have about ten.
    var depth = 64
    /// A tag, comment or attribute that is longer than this is no spreadsheet's.
    var tokenBytes = 1 << 20
    /// As in CSV.
    var cellBytes = 1 << 16
    var rowBytes = 4 << 20
    /// Excel's own size of a sheet.
    var rows = 1_048_576
    var columns = 16_384
    /// Offsets of them stay in memory, four bytes each.
    var sharedStrings = 1 << 24
    /// Each is a table with a receipt of its own, and all are stored in one transaction, which holds the locks of their
    /// staging tables (740 were too many for PostgreSQL's standard setting). Excel begins a workbook with up to 255.
    var sheets = 256
    /// Entries of any other small list: relationships, styles, merged ranges.
    var listEntries = 1 << 16

    static let standard = WorkbookLimits()
}

extension FileRefusal {
    static func tooLarge(_ limit: String, _ value: Int, _ details: [String: String] = [:]) -> FileRefusal {
        FileRefusal("workbook_too_large", details.merging(["limit": limit, "most": "\(value)"]) { $1 })
    }

    /// - Parameter reason: one word for the log: zip, xml, doctype, part, index.
    static func damaged(_ reason: String, part: String, _ details: [String: String] = [:]) -> FileRefusal {
        FileRefusal("workbook_damaged", details.merging(["reason": reason, "part": part]) { $1 })
    }
}
