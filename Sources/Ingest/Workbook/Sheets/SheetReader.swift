/// Reads a sheet row by row; in memory are the rows of one chunk.
final class SheetReader {
    private let parser: ExpatParser
    private let visitor: SheetVisitor
    private var ready: ArraySlice<SheetRow> = []

    init(_ sheet: Workbook.Sheet, _ meaning: CellMeaning, in archive: WorkbookArchive) throws {
        let part = try archive.open(sheet.part)
        visitor = SheetVisitor(sheet, meaning, in: archive)
        parser = try ExpatParser(part, visitor, archive.limits)
    }

    /// The next row that is not blank, in the order of the file; nil at the end. A fault behind rows that were read
    /// already is thrown as well: rows count only once the end is reached.
    func next() throws -> SheetRow? {
        while ready.isEmpty {
            guard try parser.step() else { return nil }
            ready = visitor.takeRows()[...]
        }
        return ready.popFirst()
    }
}
