import Foundation
import Ingest
import Postgres
import Words

/// What goes back to a sender: his rows as a workbook, bad cells coloured, and the refused rows alone.
struct ReturnedFiles {
    let returned: ReturnedFile
    let words: Words
    /// As the loader sees it.
    let server: Server

    /// Into a folder: `<receipt>-checked.xlsx` and `<receipt>-refused.csv`.
    /// - Returns: a sentence for each file written; none where the receipt has no table.
    func write(_ receipt: Int, into folder: URL) throws -> [String] {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let workbook = folder.appending(path: ReturnedAddress.Form.workbook.fileName(receipt))
        let refused = folder.appending(path: ReturnedAddress.Form.refused.fileName(receipt))
        guard try writeWorkbook([receipt], to: workbook), try writeRefused(receipt, to: refused) else { return [] }
        return [
            words("receipt.workbook_written", ["file": workbook.path]),
            words("receipt.failed_written", ["file": refused.path]),
        ]
    }

    /// - Returns: false where none of the receipts has a table.
    func writeWorkbook(_ receipts: [Int], to url: URL, onlyRefused: Bool = false) throws -> Bool {
        guard try returned.writeWorkbook(of: receipts, to: url, onlyRefused: onlyRefused, server.connect()) else {
            return false
        }
        chmod(url.path, 0o600)
        return true
    }

    /// The file is its owner's alone, for it may hold clients' numbers; a terminal or pipe is written to as it is.
    func writeRefused(_ receipt: Int, to url: URL) throws -> Bool {
        let descriptor = open(url.path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw CocoaError(.fileWriteNoPermission, userInfo: [NSFilePathErrorKey: url.path])
        }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        return try returned.writeRefused(of: receipt, server.connect()) { try handle.write(contentsOf: $0) }
            != nil
    }
}
