import Foundation

@testable import Ingest

/// DHIS2 data value sets. Byte 0 odd: the rest is the JSON itself. Even: lines, ended by 0x1E, of element, period,
/// clinic and value, ended by 0x1F, which are written as JSON; then what is read must be what was written.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int32 {
    let bytes = input(bytes, count)
    guard let first = bytes.first else { return -1 }
    if first & 1 == 1 {
        orRefused { try TableCheck.check(Programme.file([0x7B] + bytes.dropFirst())) }
        return 0
    }
    let lines = bytes.dropFirst().split(separator: 0x1E).map { line in
        line.split(separator: 0x1F, omittingEmptySubsequences: false).map { String(decoding: $0, as: UTF8.self) }
    }.filter { $0.count == 4 }
    let values = lines.map { Dictionary(uniqueKeysWithValues: zip(["dataElement", "period", "orgUnit", "value"], $0)) }
    guard let json = try? JSONEncoder().encode(["dataValues": values]) else { return -1 }
    orRefused {
        let file = Programme.file(json)
        holds(try DataValues(json: file), lines)
        try TableCheck.check(file)
    }
    return 0
}

/// Every value stands in the row of its clinic and month, unless an earlier line says one: then its row is refused.
private func holds(_ read: DataValues, _ lines: [[String]]) {
    hold(read.places.count == Set(read.places).count && read.lines == read.lines.sorted())
    hold(read.elements.count == Set(lines.map { $0[0] }).count)
    for (number, line) in lines.enumerated() {
        if lines[..<number].contains(where: { $0[0] == line[0] && $0[2] == line[2] }) { continue }
        guard let column = read.elements.firstIndex(of: line[0]) else { fatalError("no column \(line[0])") }
        let rows = read.places.indices.filter { read.places[$0].site == line[2] }
        hold(rows.contains { read.text(of: column, at: $0) == line[3] }, "\(line) is lost")
    }
}
