@testable import Ingest

/// CSV below a good header: the input is the cells that differ from a good row, so that nearly every input gets past the
/// header and into the columns, the rules and the bundles. What is read must be what was written.
///
/// Byte 0 chooses the kind, byte 1 who writes the file: a program, or we. Then rows, ended by 0x1E, of cells, ended by
/// 0x1F: the first byte is the column, the others are its text.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int32 {
    let bytes = input(bytes, count)
    guard bytes.count > 2 else { return -1 }
    let kind = ReportKind.all[Int(bytes[0]) % ReportKind.all.count]
    let rows = bytes[2...].split(separator: 0x1E).map { GoodRow.with($0.split(separator: 0x1F), in: kind) }
    let written = [kind.columns.map(\.name)] + rows
    // What goes back to a sender is read as what he had sent.
    let text = bytes[1] < 128 ? CSVText(variant: Int(bytes[1])).bytes(written) : written.flatMap { CSVLine.data($0) }
    orRefused {
        let tables = try Tables.find(in: Programme.file(text), Programme.vocabulary)
        hold(tables.count == 1 && tables[0].format == .csv)
        try isWhatWasWritten(tables[0], written)
        try TableCheck.check(tables[0])
    }
    return 0
}

/// A row of the input may be a better header than ours; what is below the header must come back cell by cell.
private func isWhatWasWritten(_ table: Table, _ written: [[String]]) throws {
    let expected = written.filter { !$0.allSatisfy { $0.utf8.allSatisfy { $0 == 0x20 } } }
    let rows = try table.rows()
    var record = Record()
    var read: [[String]] = []
    while try rows.next(&record) { read.append(record.texts) }
    hold(read.elementsEqual(expected.suffix(read.count)), "cells changed on their way")
    hold(table.headerLine > 1 || read.count == expected.count - 1, "rows were lost")
}
