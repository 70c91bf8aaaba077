/// An encoding that reports arrive in. Raw values are the names that iconv knows.
public enum TextEncoding: String, Sendable {
    case utf8 = "UTF-8"
    case utf16LittleEndian = "UTF-16LE"
    case utf16BigEndian = "UTF-16BE"
    /// Also reads GBK and GB2312, its older parts.
    case gb18030 = "GB18030"
}

/// Which encoding a whole file is in, and the bytes that decided it.
public struct EncodingDecision: Sendable, Equatable {
    public let encoding: TextEncoding
    /// Key of the reason's words, under `encoding.`: mark, ascii, valid_utf8, zeros, not_utf8.
    public let reason: String
    /// The deciding bytes in hexadecimal; empty where it was the whole file.
    public let bytes: String
    /// Where they stand, from 0.
    public let offset: Int
    /// Length of a byte order mark to leave out.
    let markLength: Int

    init(_ encoding: TextEncoding, _ reason: String, bytes: [UInt8] = [], offset: Int = 0, markLength: Int = 0) {
        self.encoding = encoding
        self.reason = reason
        self.bytes = bytes.hex(separator: " ")
        self.offset = offset
        self.markLength = markLength
    }
}

extension Sequence<UInt8> {
    /// Bytes as "0aff", or with a separator as "0A FF".
    public func hex(separator: String = "") -> String {
        map { byte in
            let digits = String(byte, radix: 16, uppercase: separator != "")
            return byte < 16 ? "0" + digits : digits
        }.joined(separator: separator)
    }
}
