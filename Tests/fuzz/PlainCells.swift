import Foundation

@testable import Ingest

/// A cell means one thing: read at a glance from its bytes, or looked at closely because there is a space around it or
/// its characters are full-width. Byte 0 chooses the column; the rest is the cell.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int32 {
    let all = input(bytes, count)
    guard let first = all.first else { return -1 }
    let column = columns[Int(first) % columns.count]
    let text = String(decoding: all.dropFirst(), as: UTF8.self)
    let cell = Array(text.utf8)
    let outcome = parse(cell, column)
    for closer in [[0x20] + cell, cell + [0x20], Array("\u{3000}".utf8) + cell] {
        hold(
            parse(closer, column) == outcome, "\(column.name): \(outcome), with space \(parse(closer, column))")
    }
    if let wide = fullWidth(text) {
        hold(parse(Array(wide.utf8), column) == outcome, "\(column.name): \(outcome), but not full-width")
    }
    checkPlain(cell, text)
    checkCalendar(text)
    return 0
}

private let columns = ReportKind.all.flatMap(\.columns)
/// libFuzzer calls from one thread.
nonisolated(unsafe) private let clients = ClientRegister(nil)

private func parse(_ cell: [UInt8], _ column: Column) -> CellParser.Outcome {
    var cells = Programme.cells(clients)
    return cell.withUnsafeBufferPointer { cells.parse($0, as: column, site: 2) }
}

private func fullWidth(_ text: String) -> String? {
    guard text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) else { return nil }
    return String(
        String.UnicodeScalarView(
            text.unicodeScalars.map { $0 == " " ? "\u{3000}" : Unicode.Scalar($0.value + 0xFEE0) ?? $0 }))
}

/// What the glance accepts, Foundation reads as the same.
private func checkPlain(_ cell: [UInt8], _ text: String) {
    cell.withUnsafeBufferPointer { cell in
        if let number = PlainCell.number(cell) { hold(Int(text) == number) }
        for decimals in 0...3 {
            guard let units = PlainCell.decimal(cell, decimals), let known = Decimal(string: text) else { continue }
            hold(known * pow(10, decimals) == Decimal(units), "\(text) as \(units)")
        }
        if let day = PlainCell.day(cell) { hold(day.description == text && CalendarText.day(text) == day) }
    }
}

private func checkCalendar(_ text: String) {
    if let day = CalendarText.day(text) {
        hold(CalendarText.day(day.description) == day && Day(day.description) == day)
    }
    if let month = CalendarText.month(text) {
        hold(CalendarText.month(month.description) == month && CalendarText.month(month.firstDay) == month)
    }
    if let time = CalendarText.time(text) {
        hold(
            CalendarText.time(time) == time && time.utf8.allSatisfy { $0 < 0x80 }, "PostgreSQL reads no \(time)")
    }
}
