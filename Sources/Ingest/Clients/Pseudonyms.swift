import Crypto
import Foundation

/// Makes pseudonyms of clinics' own client numbers: HMAC-SHA256 (RFC 2104) under the programme's key, cut to 128 bits.
/// One number gives one pseudonym in every file and clinic; without the key nobody can go back or try numbers out.
public struct Pseudonyms: Sendable {
    public enum Failure: Error, CustomStringConvertible {
        case unreadable(String)
        case tooShort(String)
        case exposed(String)

        public var description: String {
            switch self {
            case .unreadable(let path): "The pseudonym key \(path) cannot be read. Check MMT_PSEUDONYM_KEY_FILE."
            case .tooShort(let path):
                "The pseudonym key \(path) holds fewer than 32 bytes. Make one: head -c 32 /dev/urandom > \(path)"
            case .exposed(let path): "Others may read the pseudonym key \(path). Run: chmod 600 \(path)"
            }
        }
    }

    private static let leastKeyBytes = 32
    private let key: SymmetricKey
    /// Seals archived files, so that a copy of the database holds no client's number.
    let archiveKey: SymmetricKey
    /// Makes what archived files are known by, so that nobody can try their contents out.
    let contentKey: SymmetricKey

    init(key: Data) {
        let source = SymmetricKey(data: key)
        self.key = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: source, info: Data("mmt pseudonyms 1".utf8), outputByteCount: 32)
        archiveKey = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: source, info: Data("mmt archive 1".utf8), outputByteCount: 32)
        contentKey = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: source, info: Data("mmt content 1".utf8), outputByteCount: 32)
    }

    /// Reads the key; the file is the owner's alone.
    public init(keyFile path: String) throws {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        guard let attributes, let key = FileManager.default.contents(atPath: path) else {
            throw Failure.unreadable(path)
        }
        let mode = (attributes[.posixPermissions] as? Int) ?? 0
        guard mode & 0o077 == 0 else { throw Failure.exposed(path) }
        guard key.count >= Self.leastKeyBytes else { throw Failure.tooShort(path) }
        self.init(key: key)
    }

    /// 32 hexadecimal digits.
    func pseudonym(of number: some DataProtocol) -> String {
        HMAC<SHA256>.authenticationCode(for: number, using: key).prefix(16).hex()
    }

    /// Tells one key from another without telling the key: stored with the first load, so that a changed key is noticed.
    var fingerprint: String {
        HMAC<SHA256>.authenticationCode(for: Data("mmt fingerprint 1".utf8), using: key).prefix(8).hex()
    }
}
