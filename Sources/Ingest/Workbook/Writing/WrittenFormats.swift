import CXlsxWriter

/// The few looks that our workbooks have; the workbook owns them.
struct WrittenFormats {
    typealias Format = UnsafeMutablePointer<lxw_format>

    /// The colour of Excel's own "bad" cells.
    private static let badFill: lxw_color_t = 0xFFC7CE

    let header: Format?
    private let date: Format?
    private let bad: Format?
    private let badDate: Format?

    init(_ book: UnsafeMutablePointer<lxw_workbook>) {
        header = workbook_add_format(book)
        date = workbook_add_format(book)
        bad = workbook_add_format(book)
        badDate = workbook_add_format(book)
        format_set_bold(header)
        for format in [date, badDate] { format_set_num_format(format, "yyyy-mm-dd") }
        for format in [bad, badDate] { format_set_bg_color(format, Self.badFill) }
    }

    func format(of cell: WrittenCell) -> Format? {
        if case .date = cell.value { return cell.fault == nil ? date : badDate }
        return cell.fault == nil ? nil : bad
    }
}
