import CFileState
import Foundation
import Ingest

/// The receipts beside a file: `NAME.receipt.txt` for people, `NAME.receipt.json` for programs. They tell; what is known
/// of a file is in the database.
struct Sidecar {
    private static let endings = [".receipt.txt", ".receipt.json"]
    /// The sender's own rows, bad cells coloured; the refused rows alone.
    private static let (checked, refused) = (".checked.xlsx", ".refused.xlsx")
    /// What we write bears this time of change (1970): once somebody has put it right and saved it, it is a new file.
    private static let untouched = 0

    let path: BytePath

    /// Whether a file is ours: a receipt, or a workbook of ours that nobody has changed.
    static func isOurs(_ name: String, modified: Int) -> Bool {
        let name = name.lowercased()
        return endings.contains(where: name.hasSuffix)
            || [checked, refused].contains(where: name.hasSuffix) && modified == untouched
    }

    struct Unwritable: Error, CustomStringConvertible {
        let reason: String
        var description: String { "The receipts cannot be written beside the file (\(reason))." }
    }

    /// Whether they are there and tell of these receipts.
    func tells(of receipts: [Int]) -> Bool {
        struct Form: Decodable {
            struct Single: Decodable { let receipt: Int? }
            let receipts, stored: [Single]?
        }
        guard let data = read(Self.endings[1]), let form = try? JSONDecoder().decode(Form.self, from: data) else {
            return false
        }
        let told = ((form.receipts ?? []) + (form.stored ?? [])).compactMap(\.receipt)
        return Set(receipts).isSubset(of: told)
    }

    /// The JSON last: while it is missing, nothing has been told.
    func write(text: String, json: String) throws {
        try replace(Self.endings[0], with: text)
        try replace(Self.endings[1], with: json)
    }

    /// What goes back to the sender of a file with refused rows.
    func write(_ receipts: [Int], _ returned: ReturnedFiles) throws {
        guard !receipts.isEmpty else { return }
        try withPrivateFolder { folder in
            let file = folder.appending(path: "returned")
            if try returned.writeWorkbook(receipts, to: file) { try replace(Self.checked, withContentsOf: file) }
            if try returned.writeWorkbook(receipts, to: file, onlyRefused: true) {
                try replace(Self.refused, withContentsOf: file)
            }
        }
    }

    private func replace(_ ending: String, withContentsOf file: URL) throws {
        let source = try FileHandle(forReadingFrom: file)
        // They may hold clients' numbers: who may read the folder's files is the folder's business, others get nothing.
        try replace(ending, mode: 0o640) { target in
            while let data = try source.read(upToCount: 1 << 20), !data.isEmpty { try target.write(contentsOf: data) }
            set_modified_seconds(target.fileDescriptor, Int64(Self.untouched))
        }
    }

    private func named(_ ending: String) -> BytePath { path.sibling(path.name + Array(ending.utf8)) }

    private func read(_ ending: String) -> Data? {
        let descriptor = named(ending).withCPath { open($0, O_RDONLY | O_CLOEXEC | O_NOFOLLOW) }
        guard descriptor >= 0 else { return nil }
        return try? FileHandle(fileDescriptor: descriptor, closeOnDealloc: true).readToEnd()
    }

    private func replace(_ ending: String, with text: String) throws {
        try replace(ending) { try $0.write(contentsOf: Data(text.utf8)) }
    }

    /// Under a temporary name first: who looks sees the old one or the new one, never a half.
    private func replace(
        _ ending: String, mode: mode_t = 0o644, _ write: (FileHandle) throws -> Void
    ) throws {
        let temporary = path.sibling(Array(".receipt-\(UUID().uuidString)".utf8))
        let descriptor = temporary.withCPath { open($0, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode) }
        guard descriptor >= 0 else { throw Self.failure() }
        do {
            let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
            try write(handle)
            try handle.close()
            let renamed = temporary.withCPath { from in named(ending).withCPath { rename(from, $0) } }
            guard renamed == 0 else { throw Self.failure() }
        } catch {
            _ = temporary.withCPath { unlink($0) }
            throw error as? Unwritable ?? Unwritable(reason: "no space, or the folder is gone")
        }
    }

    private static func failure() -> Unwritable { Unwritable(reason: String(cString: strerror(errno))) }
}
