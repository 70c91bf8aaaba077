import Crypto
public import Foundation
public import Postgres

/// Every file received, whole, in the database. With a pseudonym key it is sealed: a file may hold clients' numbers.
public struct FileArchive: Sendable {
    private static let partSize = 1 << 20

    public enum Failure: Error, CustomStringConvertible {
        case damaged(sha256: String)
        case keyMissing(sha256: String)

        public var description: String {
            switch self {
            case .damaged(let sha256):
                "The archived file \(sha256.prefix(12))… is damaged, or was sealed under another pseudonym key; "
                    + "load the file again from its sender."
            case .keyMissing(let sha256):
                "The archived file \(sha256.prefix(12))… is sealed under the pseudonym key: set MMT_PSEUDONYM_KEY_FILE."
            }
        }
    }

    private let key: SymmetricKey?

    public init(_ pseudonyms: Pseudonyms?) {
        key = pseudonyms?.archiveKey
    }

    /// Keeps the file, once for each content.
    /// - Returns: false, and no bytes are kept, where the programme has a pseudonym key and this machine has not: what
    ///   may hold clients' numbers is never stored unsealed.
    func keep(_ file: ReceivedFile, _ connection: borrowing Connection) throws -> Bool {
        let needsKey = try connection.query("select pseudonym_key is not null from programme")[0, 0] == "t"
        try connection.query(
            "insert into received_file (sha256, byte_count, sealed) values ($1, $2, $3) on conflict do nothing",
            [file.sha256, "\(file.byteCount)", "\(key != nil || needsKey)"])
        if needsKey, key == nil { return false }
        let parts = try connection.query("select from received_file_part where sha256 = $1 limit 1", [file.sha256])
        if parts.count > 0 { return true }
        var number = 0
        try file.forEachChunk(of: Self.partSize) { bytes in
            try connection.query(
                "insert into received_file_part (sha256, part, bytes) values ($1, $2, $3)",
                [file.sha256, "\(number)"], bytes: try sealed(bytes, "\(file.sha256) \(number)"))
            number += 1
        }
        return true
    }

    /// The archived file, under the name it was sent.
    func restore(_ sha256: String, name: String, _ connection: borrowing Connection) throws -> ReceivedFile {
        let isSealed = try isSealed(sha256, connection)
        var number = 0
        let file = try ReceivedFile(name: name) {
            defer { number += 1 }
            return try part(number, of: sha256, isSealed, connection)
        }
        guard file.sha256 == sha256 else { throw Failure.damaged(sha256: sha256) }
        return file
    }

    /// Hands out the archived bytes in order, a mebibyte at a time.
    public func forEachPart(
        of sha256: String, _ connection: borrowing Connection, _ body: (Data) throws -> Void
    ) throws {
        let isSealed = try isSealed(sha256, connection)
        var number = 0
        while let data = try part(number, of: sha256, isSealed, connection) {
            try body(data)
            number += 1
        }
    }

    private func isSealed(_ sha256: String, _ connection: borrowing Connection) throws -> Bool {
        try connection.query("select sealed from received_file where sha256 = $1", [sha256])
            .first { try $0.bool("sealed") } ?? false
    }

    /// Nil past the last part.
    private func part(
        _ number: Int, of sha256: String, _ isSealed: Bool, _ connection: borrowing Connection
    ) throws -> Data? {
        let bytes = try connection.query(
            "select encode(bytes, 'base64') as bytes from received_file_part where sha256 = $1 and part = $2",
            [sha256, "\(number)"]
        ).first { try $0.string("bytes") }
        return try bytes.map { bytes in
            guard let data = Data(base64Encoded: bytes, options: .ignoreUnknownCharacters) else {
                throw Failure.damaged(sha256: sha256)
            }
            return isSealed ? try opened(data, sha256, "\(sha256) \(number)") : data
        }
    }

    /// The place of the part is bound to it, so that parts cannot be exchanged.
    private func sealed(_ bytes: [UInt8], _ place: String) throws -> [UInt8] {
        guard let key else { return bytes }
        let box = try AES.GCM.seal(bytes, using: key, authenticating: Data(place.utf8))
        return Array(box.nonce) + box.ciphertext + box.tag
    }

    private func opened(_ data: Data, _ sha256: String, _ place: String) throws -> Data {
        guard let key else { throw Failure.keyMissing(sha256: sha256) }
        do {
            return try AES.GCM.open(
                AES.GCM.SealedBox(combined: data), using: key, authenticating: Data(place.utf8))
        } catch {
            throw Failure.damaged(sha256: sha256)
        }
    }
}
