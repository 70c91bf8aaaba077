public import Foundation
public import Postgres

/// Every file received, whole, in the database.
public enum FileArchive {
    private static let partSize = 1 << 20

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
        var number = 0
        try file.forEachChunk(of: partSize) { bytes in
            try connection.query(
                "insert into received_file_part (sha256, part, bytes) values ($1, $2, decode($3, 'base64'))",
                [file.sha256, "\(number)", Data(bytes).base64EncodedString()])
            number += 1
        }
    }

    /// The archived file, under the name it was sent.
    static func restore(_ sha256: String, name: String, _ connection: borrowing Connection) throws -> ReceivedFile {
        var number = 0
        let file = try ReceivedFile(name: name) {
            defer { number += 1 }
            return try part(number, of: sha256, connection)
        }
        guard file.sha256 == sha256 else { throw Damaged(sha256: sha256) }
        return file
    }

    /// Hands out the archived bytes in order, a mebibyte at a time.
    public static func forEachPart(
        of sha256: String, _ connection: borrowing Connection, _ body: (Data) throws -> Void
    ) throws {
        var number = 0
        while let data = try part(number, of: sha256, connection) {
            try body(data)
            number += 1
        }
    }

    /// Nil past the last part.
    private static func part(_ number: Int, of sha256: String, _ connection: borrowing Connection) throws -> Data? {
        let bytes = try connection.query(
            "select encode(bytes, 'base64') as bytes from received_file_part where sha256 = $1 and part = $2",
            [sha256, "\(number)"]
        ).first { try $0.string("bytes") }
        return try bytes.map { bytes in
            guard let data = Data(base64Encoded: bytes, options: .ignoreUnknownCharacters) else {
                throw Damaged(sha256: sha256)
            }
            return data
        }
    }
}
