/// An XLSX or XLSM file, opened: its sheets, in the order of their tabs. Macros are never read.
final class Workbook {
    struct Sheet: Sendable, Equatable {
        enum State: String, Sendable {
            case visible
            case hidden
            /// Hidden so that only a macro or another program can show it.
            case veryHidden
        }

        let name: String
        let state: State
        /// Where its cells are.
        let part: String
    }

    let sheets: [Sheet]
    private let archive: WorkbookArchive
    private let contents: WorkbookVisitor
    private let links: Relationships
    private lazy var meaning = Result { try cellMeaning() }
    /// By part; as many ranges of all sheets together as one sheet may have.
    private var merges: [String: MergedRanges] = [:]

    init(_ file: ReceivedFile, limits: WorkbookLimits = .standard) throws {
        archive = try WorkbookArchive(file, limits)
        guard let part = try Relationships(of: "", in: archive).first("officeDocument") else {
            throw FileRefusal("file_not_workbook")
        }
        if part.hasSuffix(".bin") { throw FileRefusal("workbook_binary") }
        links = try Relationships(of: part, in: archive)
        contents = WorkbookVisitor(limit: limits.sheets)
        try archive.read(part, into: contents)
        guard contents.isWorkbook else { throw FileRefusal("file_not_workbook") }
        // Sheets of charts and macros have no cells.
        sheets = contents.tabs.compactMap { [links] tab in
            guard let link = links[tab.id], link.kind == "worksheet" else { return nil }
            return Sheet(name: tab.name, state: Sheet.State(rawValue: tab.state) ?? .visible, part: link.target)
        }
        if sheets.isEmpty { throw FileRefusal("workbook_no_sheet") }
        // Two sheets of one part: its rows would count twice.
        var parts: Set<String> = []
        if let twice = sheets.first(where: { !parts.insert($0.part).inserted }) {
            throw FileRefusal.damaged("twice", part: twice.part)
        }
    }

    var dates: DateSystem { contents.dates }

    /// The rows of a sheet, from the top.
    func rows(of sheet: Sheet) throws -> SheetReader {
        try SheetReader(sheet, meaning.get(), in: archive)
    }

    /// The merged ranges of a sheet. They stand behind its rows, so finding them is a pass over the whole sheet, made once.
    func merges(of sheet: Sheet) throws -> MergedRanges {
        if let known = merges[sheet.part] { return known }
        let found = try MergedRanges(of: sheet.part, in: archive)
        let kept = merges.values.reduce(0) { $0 + $1.ranges.count }
        if kept + found.ranges.count <= archive.limits.listEntries { merges[sheet.part] = found }
        return found
    }

    /// Pays for what a sheet grows to in memory, as for bytes that are inflated.
    func spend(_ bytes: Int) throws { try archive.budget.spend(bytes) }

    private func cellMeaning() throws -> CellMeaning {
        CellMeaning(
            strings: try SharedStrings(links.first("sharedStrings"), in: archive),
            styles: try CellStyles(links.first("styles"), in: archive),
            dates: contents.dates, resultsAreStale: contents.recalculates, longest: archive.limits.cellBytes)
    }
}
