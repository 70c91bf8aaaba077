import CIconv
import Foundation

/// A file's text as chunks of UTF-8, converted by the C library's iconv.
final class TextStream {
    private let handle: FileHandle
    private let converter: iconv_t
    /// Bytes of a character that a chunk cut in two.
    private var rest: [UInt8] = []
    private var position: Int

    init(_ file: ReceivedFile, _ decision: EncodingDecision) throws {
        handle = try file.open()
        try handle.seek(toOffset: UInt64(decision.markLength))
        position = decision.markLength
        // UTF-8 passes through iconv as well: that is what finds its faults.
        let opened = iconv_open("UTF-8", decision.encoding.rawValue)
        guard let opened, Int(bitPattern: opened) != -1 else {
            throw FileRefusal("file_not_text", ["bytes": decision.encoding.rawValue, "offset": "0"])
        }
        converter = opened
    }

    deinit {
        iconv_close(converter)
        try? handle.close()
    }

    /// The next chunk of text; nil at the end.
    /// - Throws: `FileRefusal` at a byte that is not of the encoding.
    func next() throws -> [UInt8]? {
        guard let read = try handle.read(upToCount: ReceivedFile.chunk), !read.isEmpty else {
            guard rest.isEmpty else { throw refusal(at: 0) }
            return nil
        }
        var input = rest + read
        let output = try convert(&input)
        return output
    }

    private func convert(_ input: inout [UInt8]) throws -> [UInt8] {
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
                if iconv(converter, &from, &fromLeft, &to, &toLeft) == -1 { failure = errno }
                consumed = source.count - fromLeft
                written = target.count - toLeft
            }
        }
        rest = Array(input[consumed...])
        if failure == EILSEQ { throw refusal(at: 0) }
        position += consumed
        return Array(output[..<written])
    }

    private func refusal(at index: Int) -> FileRefusal {
        FileRefusal(
            "file_not_text", ["bytes": rest[index...].prefix(2).hex(separator: " "), "offset": "\(position)"])
    }
}
