import CXlsxWriter
public import Foundation

/// Writes an XLSX file row by row; rows go to temporary files as they come, comments stay in memory.
public final class WorkbookWriter {
    public struct Failure: Error, Equatable {
        /// The library's own words; they quote no cell.
        public let text: String
    }

    public struct Column: Sendable {
        let title: String
        /// In characters of the header's font.
        let width: Double

        public init(_ title: String, width: Double = 12) {
            self.title = title
            self.width = width
        }
    }

    /// Excel's own limits.
    private static let (mostRows, mostUnits) = (1_048_576, 32_767)

    private var book: UnsafeMutablePointer<lxw_workbook>?
    private var sheet: UnsafeMutablePointer<lxw_worksheet>?
    private let formats: WrittenFormats
    private var nextRow = 0

    /// The file is there once `close` returns.
    public init(_ url: URL) throws {
        var options = lxw_workbook_options()
        options.constant_memory = 1
        guard let book = workbook_new_opt(url.path, &options) else { throw Failure(text: "no workbook") }
        self.book = book
        formats = WrittenFormats(book)
    }

    deinit {
        if let book { lxw_workbook_free(book) }
    }

    /// Begins a sheet; its header is bold and stays on the screen. The sheet before it is finished.
    /// - Parameter name: up to 31 characters, none of []:*?/\.
    public func addSheet(_ name: String, _ columns: [Column]) throws {
        try check(workbook_validate_sheet_name(book, name))
        sheet = workbook_add_worksheet(book, name)
        nextRow = 0
        for (index, column) in columns.enumerated() {
            try check(worksheet_set_column(sheet, UInt16(index), UInt16(index), column.width, nil))
            try writeText(column.title, UInt16(index), formats.header)
        }
        worksheet_freeze_panes(sheet, 1, 0)
        nextRow = 1
    }

    public func write(_ row: [WrittenCell]) throws {
        guard nextRow < Self.mostRows else { throw Failure(text: "more rows than a sheet has") }
        for (column, cell) in row.enumerated() { try write(cell, UInt16(column)) }
        nextRow += 1
    }

    public func close() throws {
        let closing = book
        book = nil
        try check(workbook_close(closing))
    }

    private func write(_ cell: WrittenCell, _ column: UInt16) throws {
        let format = formats.format(of: cell)
        let row = UInt32(nextRow)
        switch cell.value {
        case .empty: try check(worksheet_write_blank(sheet, row, column, format))
        case .text(let text): try writeText(text, column, format)
        case .number(let number):
            guard number.isFinite else { throw Failure(text: "a number that is none") }
            try check(worksheet_write_number(sheet, row, column, number, format))
        case .date(let day):
            let parts = day.split(separator: "-").compactMap { Int32($0) }
            guard parts.count == 3 else { throw Failure(text: "a date that is none") }
            var date = lxw_datetime(year: parts[0], month: parts[1], day: parts[2], hour: 0, min: 0, sec: 0)
            try check(worksheet_write_datetime(sheet, row, column, &date, format))
        }
        if let fault = cell.fault { try check(worksheet_write_comment(sheet, row, column, Self.cut(fault))) }
    }

    private func writeText(_ text: String, _ column: UInt16, _ format: UnsafeMutablePointer<lxw_format>?) throws {
        try check(worksheet_write_string(sheet, UInt32(nextRow), column, Self.cut(text), format))
    }

    private static func cut(_ text: String) -> String {
        text.utf16.count <= mostUnits ? text : String(decoding: text.utf16.prefix(mostUnits), as: UTF16.self)
    }

    private func check(_ code: lxw_error) throws {
        guard code == LXW_NO_ERROR else { throw Failure(text: String(cString: lxw_strerror(code))) }
    }
}
