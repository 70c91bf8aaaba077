import CIconv
import Foundation

/// Turns bytes of an encoding into UTF-8 by the C library's iconv, piece by piece. Not for UTF-8 itself: the C library takes
/// what lies beyond U+10FFFF for characters (`UTF8Check` does not).
final class Converter {
    private let handle: iconv_t
    /// Bytes that no character begins with, or the first of a character that was cut in two.
    private(set) var rest: [UInt8] = []

    /// Nil for UTF-8, and where the C library does not know the encoding.
    init?(from encoding: TextEncoding) {
        guard encoding != .utf8, let opened = iconv_open("UTF-8", encoding.rawValue), Int(bitPattern: opened) != -1
        else { return nil }
        handle = opened
    }

    deinit { iconv_close(handle) }

    /// - Returns: the text, and whether it ended at bytes that are no character (then in `rest`).
    func convert(_ bytes: some Sequence<UInt8>) -> (text: [UInt8], isFaulty: Bool) {
        var input = rest + bytes
        var output = [UInt8](repeating: 0, count: input.count * 3 + 16)  // no character of ours grows more
        var consumed = 0
        var written = 0
        var failure: Int32 = 0
        input.withUnsafeMutableBytes { source in
            output.withUnsafeMutableBytes { target in
                var from: UnsafeMutablePointer<CChar>? = source.baseAddress?.assumingMemoryBound(to: CChar.self)
                var to: UnsafeMutablePointer<CChar>? = target.baseAddress?.assumingMemoryBound(to: CChar.self)
                var fromLeft = source.count
                var toLeft = target.count
                if iconv(handle, &from, &fromLeft, &to, &toLeft) == -1 { failure = errno }
                consumed = source.count - fromLeft
                written = target.count - toLeft
            }
        }
        rest = Array(input[consumed...])
        return (Array(output[..<written]), failure == EILSEQ)
    }
}

extension TextEncoding {
    /// The text of bytes, such as a file's name; nil where they are not of this encoding.
    public func text(of bytes: some Sequence<UInt8>) -> String? {
        if self == .utf8 { return String(validating: bytes, as: UTF8.self) }
        guard let converter = Converter(from: self) else { return nil }
        let (text, isFaulty) = converter.convert(bytes)
        return isFaulty || !converter.rest.isEmpty ? nil : String(decoding: text, as: UTF8.self)
    }
}
