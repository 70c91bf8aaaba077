@testable import Ingest

/// Reads the tables of a file as a load does, and holds each row to what the database and the receipt rely on.
enum TableCheck {
    static func check(_ file: ReceivedFile) throws {
        for table in try Tables.find(in: file, Programme.vocabulary) { try check(table) }
    }

    /// - Returns: how many rows were valid.
    @discardableResult
    static func check(_ table: Table) throws -> Int {
        let kind = table.header.kind
        let clients = ClientRegister(nil)
        var parser = RowParser(header: table.header, cells: Programme.cells(clients))
        var rules = RowRules(kind, Programme.sites)
        let findings = try Findings(table.header, clients, isDiscreet: false)
        var bundles = BundleCheck(kind, clients)
        let rows = try table.rows()
        var record = Record()
        var line = table.headerLine
        var (received, valid) = (0, 0)
        while try rows.next(&record) {
            received += 1
            hold(record.line > line, "line \(record.line) after \(line)")
            line = record.line
            switch parser.parse(record).flatMap({ rules.check($0) }) {
            case .success(let row):
                valid += 1
                try findings.ask(row, site: nil)
                RowCheck.check(row, of: kind, record)
                bundles.add(row)
            case .failure(let fault):
                RowCheck.check(fault, record)
                try findings.refuse(record, fault)
            }
        }
        hold(received == valid + findings.refused)
        bundles.check()
        for notice in rows.notices + table.notices { hold(Notice.codes.contains(notice.code)) }
        return valid
    }
}
