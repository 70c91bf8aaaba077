import Crypto
public import Foundation
public import Postgres

/// Every file received, whole, in the database. With a pseudonym key it is sealed: a file may hold clients' numbers.
public struct FileArchive: Sendable {
    private static let partSize = 1 << 20

    public enum Failure: Error, CustomStringConvertible {
        case damaged(file: Int)
        case keyMissing(file: Int)

        public var description: String {
            switch self {
            case .damaged(let file):
                "The archived file \(file) (receipt.file_id) is damaged, or was sealed under another pseudonym key; "
                    + "load the file again from its sender."
            case .keyMissing(let file):
                "The archived file \(file) (receipt.file_id) is sealed under the pseudonym key: set "
                    + "MMT_PSEUDONYM_KEY_FILE."
            }
        }
    }

    /// Where a file's parts are.
    private struct Place {
        let file: Int
        let content: String
        let isSealed: Bool
    }

    private let seal: SymmetricKey?
    private let contentKey: SymmetricKey?

    public init(_ pseudonyms: Pseudonyms?) {
        seal = pseudonyms?.archiveKey
        contentKey = pseudonyms?.contentKey
    }

    /// Keeps the file, once for each content.
    /// - Returns: the file's number; and false, and no bytes are kept, where the programme has a pseudonym key and this
    ///   machine has not: what may hold clients' numbers is never stored unsealed.
    func keep(_ received: ReceivedFile, _ connection: borrowing Connection) throws -> (file: Int, isKept: Bool) {
        let needsKey = try connection.query("select pseudonym_key is not null from programme")[0, 0] == "t"
        let place = try place(of: received, isSealed: seal != nil || needsKey, connection)
        if needsKey, seal == nil { return (place.file, false) }
        let parts = try connection.query("select from received_file_part where content = $1 limit 1", [place.content])
        if parts.count > 0 { return (place.file, true) }
        var number = 0
        try received.forEachChunk(of: Self.partSize) { bytes in
            try connection.query(
                "insert into received_file_part (content, part, bytes) values ($1, $2, $3)",
                [place.content, "\(number)"], bytes: try sealed(bytes, part: number, place.content))
            number += 1
        }
        return (place.file, true)
    }

    /// The number of the file that has these bytes; nil where none has.
    /// - Parameter sha256: of the bytes, in hexadecimal.
    func find(_ sha256: String, _ connection: borrowing Connection) throws -> Int? {
        try connection.query(
            "select file_id from received_file where content = any ($1::text[]) order by file_id limit 1",
            ["{\(contents(of: sha256).joined(separator: ","))}"]
        ).first { try $0.integer("file_id") }
    }

    /// The archived file, under the name it was sent.
    func restore(_ file: Int, name: String, _ connection: borrowing Connection) throws -> ReceivedFile {
        let place = try place(file, connection)
        var number = 0
        let restored = try ReceivedFile(name: name) {
            defer { number += 1 }
            return try part(number, in: place, connection)
        }
        guard contents(of: restored.sha256).contains(place.content) else { throw Failure.damaged(file: file) }
        return restored
    }

    /// Hands out the archived bytes in order, a mebibyte at a time.
    /// - Parameter file: its number.
    public func forEachPart(
        of file: Int, _ connection: borrowing Connection, _ body: (Data) throws -> Void
    ) throws {
        let place = try place(file, connection)
        var number = 0
        while let data = try part(number, in: place, connection) {
            try body(data)
            number += 1
        }
    }

    /// What bytes may be known by, that of new files first: under the key a keyed hash, for who could ask whether a
    /// SHA-256 is in the database could try out what a small table says. Files that came before the key have theirs.
    private func contents(of sha256: String) -> [String] {
        guard let contentKey else { return [sha256] }
        return [HMAC<SHA256>.authenticationCode(for: Data(sha256.utf8), using: contentKey).hex(), sha256]
    }

    /// The place of bytes that may be new.
    private func place(
        of received: ReceivedFile, isSealed: Bool, _ connection: borrowing Connection
    ) throws -> Place {
        if let known = try find(received.sha256, connection) { return try place(known, connection) }
        try connection.query(
            "insert into received_file (content, byte_count, sealed) values ($1, $2, $3) on conflict do nothing",
            [contents(of: received.sha256)[0], "\(received.byteCount)", "\(isSealed)"])
        return try place(try find(received.sha256, connection) ?? 0, connection)
    }

    private func place(_ file: Int, _ connection: borrowing Connection) throws -> Place {
        let place = try connection.query("select content, sealed from received_file where file_id = $1", ["\(file)"])
            .first { Place(file: file, content: try $0.string("content"), isSealed: try $0.bool("sealed")) }
        guard let place else { throw Failure.damaged(file: file) }
        return place
    }

    /// Nil past the last part.
    private func part(_ number: Int, in place: Place, _ connection: borrowing Connection) throws -> Data? {
        let bytes = try connection.query(
            "select encode(bytes, 'base64') as bytes from received_file_part where content = $1 and part = $2",
            [place.content, "\(number)"]
        ).first { try $0.string("bytes") }
        return try bytes.map { bytes in
            guard let data = Data(base64Encoded: bytes, options: .ignoreUnknownCharacters) else {
                throw Failure.damaged(file: place.file)
            }
            return place.isSealed ? try opened(data, part: number, place) : data
        }
    }

    /// File and place of the part are bound to it, so that parts cannot be exchanged.
    private func sealed(_ bytes: [UInt8], part: Int, _ content: String) throws -> [UInt8] {
        guard let seal else { return bytes }
        let box = try AES.GCM.seal(bytes, using: seal, authenticating: Data("\(content) \(part)".utf8))
        return Array(box.nonce) + box.ciphertext + box.tag
    }

    private func opened(_ data: Data, part: Int, _ place: Place) throws -> Data {
        guard let seal else { throw Failure.keyMissing(file: place.file) }
        do {
            return try AES.GCM.open(
                AES.GCM.SealedBox(combined: data), using: seal,
                authenticating: Data("\(place.content) \(part)".utf8))
        } catch {
            throw Failure.damaged(file: place.file)
        }
    }
}
