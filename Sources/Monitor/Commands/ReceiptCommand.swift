import ArgumentParser
import Foundation
import Ingest
import Postgres
import Words

struct ReceiptCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "receipt", abstract: "Print a receipt with every refused row, or the file itself.")

    @Argument(help: "Number of the receipt.")
    var number: Int

    @Flag(help: "Print the file as it was received instead.")
    var file = false

    @Option(help: "Write the sender's own rows as a workbook, bad cells coloured and told in a comment.")
    var workbook: String?

    @Option(help: "Write the refused rows alone as CSV, to be put right and sent again.")
    var refused: String?

    @Option(help: "table, json or csv (the refused rows).")
    var format: OutputFormat = .table

    @OptionGroup var languages: LanguageOption

    func run() async throws {
        try await withBackend { backend in
            let isReturned = file || workbook != nil || refused != nil
            try backend.requireMigrated(isReturned ? backend.ingest : backend.web)
            let words = backend.catalogues[languages.language]
            if workbook != nil || refused != nil { return try sendBack(backend, words) }
            if file {
                guard try ReceivedFileOutput(backend: backend).write(number) else {
                    throw notDone(words("problem.unknown_receipt"))
                }
                return
            }
            let database = Database(backend.web, threads: 1)
            defer { database.close() }
            let dashboard = Dashboard(database: database, sql: backend.sql)
            guard let receipt = try await dashboard.receipt(number, words) else {
                throw notDone(words("problem.unknown_receipt"))
            }
            switch format {
            case .json: print(String(decoding: try Document.json(receipt, tag: nil).bytes, as: UTF8.self))
            case .csv: print(receipt.fileText, terminator: "")
            case .table: print(StoredReceiptText(receipt: receipt, words: words).text, terminator: "")
            }
        }
    }

    private func sendBack(_ backend: Backend, _ words: Words) throws {
        try requireReceipt(number, words, backend.ingest.connect())
        let files = backend.returnedFiles(words)
        let noTable = words("receipt.no_table", ["number": "\(number)"])
        if let workbook, try !files.writeWorkbook([number], to: URL(filePath: workbook)) { throw notDone(noTable) }
        if let refused, try !files.writeRefused(number, to: URL(filePath: refused)) { throw notDone(noTable) }
    }

    /// `refused` is an option here.
    private func notDone(_ sentence: String) -> ExitCode { Monitor.refused(sentence) }
}

/// The bytes of a received file, as they came.
struct ReceivedFileOutput {
    let backend: Backend

    /// - Returns: whether there is such a receipt.
    func write(_ number: Int) throws -> Bool {
        let connection = try backend.ingest.connect()
        let file = try connection.query("select file_id from receipt where receipt_id = $1", ["\(number)"])
            .first { try $0.integer("file_id") }
        guard let file else { return false }
        try FileArchive(backend.pseudonyms).forEachPart(of: file, connection) { FileHandle.standardOutput.write($0) }
        return true
    }
}
