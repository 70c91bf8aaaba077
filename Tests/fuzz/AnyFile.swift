@testable import Ingest

/// Any bytes as a file.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int32 {
    let bytes = input(bytes, count)
    orRefused { try check(Programme.file(bytes), bytes) }
    return 0
}

private func check(_ file: ReceivedFile, _ bytes: [UInt8]) throws {
    let tables = try Tables.find(in: file, Programme.vocabulary)
    hold(!tables.isEmpty)
    for table in tables {
        try TableCheck.check(table)
        if table.format != .workbook, bytes.first != 0x7B { try linesAreInTheFile(table, bytes) }
    }
}

/// A line that a receipt names can be found in the file.
private func linesAreInTheFile(_ table: Table, _ bytes: [UInt8]) throws {
    let isEnd = { (byte: UInt8) in byte == 0x0A || byte == 0x0D }
    let most = bytes.dropLast(bytes.last.map(isEnd) == true ? 1 : 0).count(where: isEnd) + 1
    let rows = try table.rows()
    var record = Record()
    while try rows.next(&record) { hold(record.line <= most, "line \(record.line) of \(most)") }
}
