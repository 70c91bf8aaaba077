import Foundation
import Postgres

/// Every file received, whole, in the database.
enum FileArchive {
    private static let part = 1 << 20

    /// The archive does not give back what it was given.
    struct Damaged: Error, CustomStringConvertible {
        let sha256: String
        var description: String {
            "The archived file \(sha256.prefix(12))… is damaged; load the file again from its sender."
        }
    }

    /// Keeps the file, once for each content.
    static func keep(_ file: ReceivedFile, _ connection: borrowing Connection) throws {
        let stored = try connection.query(
            "insert into received_file (sha256, byte_count) values ($1, $2) on conflict do nothing",
            [file.sha256, "\(file.byteCount)"])
        guard stored.affected == 1 else { return }
        let handle = try file.open()
        defer { try? handle.close() }
        var number = 0
        while let data = try handle.read(upToCount: part), !data.isEmpty {
            try connection.query(
                "insert into received_file_part (sha256, part, bytes) values ($1, $2, decode($3, 'base64'))",
                [file.sha256, "\(number)", data.base64EncodedString()])
            number += 1
        }
    }

    /// Writes the archived bytes into a file of that name in a folder of its own.
    static func restore(_ sha256: String, to url: URL, _ connection: borrowing Connection) throws {
        guard FileManager.default.createFile(atPath: url.path, contents: nil, attributes: [.posixPermissions: 0o600])
        else { throw CocoaError(.fileWriteNoPermission) }
        let handle = try FileHandle(forWritingTo: url)
        defer { try? handle.close() }
        let parts =
            try connection.query("select count(*) as parts from received_file_part where sha256 = $1", [sha256])
            .first { try $0.integer("parts") } ?? 0
        for number in 0..<parts {
            let bytes = try connection.query(
                "select encode(bytes, 'base64') as bytes from received_file_part where sha256 = $1 and part = $2",
                [sha256, "\(number)"]
            ).first { try $0.string("bytes") }
            guard let bytes, let data = Data(base64Encoded: bytes, options: .ignoreUnknownCharacters) else {
                throw Damaged(sha256: sha256)
            }
            try handle.write(contentsOf: data)
        }
    }
}
