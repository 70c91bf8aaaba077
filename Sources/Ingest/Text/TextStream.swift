/// A file's text as chunks of UTF-8.
final class TextStream {
    private let file: ReceivedFile
    /// Nil for UTF-8, which `EncodingDetector` has found to be valid throughout.
    private let converter: Converter?
    /// How far the file has been read, in bytes.
    private var position: Int

    init(_ file: ReceivedFile, _ decision: EncodingDecision) throws {
        self.file = file
        converter = Converter(from: decision.encoding)
        if converter == nil, decision.encoding != .utf8 {
            throw FileRefusal("file_not_text", ["bytes": decision.encoding.rawValue, "offset": "0"])
        }
        position = decision.markLength
    }

    /// Which part of the file has been read, from 0 to 1.
    var progress: Double { Double(position) / Double(max(1, file.byteCount)) }

    /// The next chunk of text; nil at the end.
    /// - Throws: `FileRefusal` at a byte that is not of the encoding.
    func next() throws -> [UInt8]? {
        let bytes = try file.bytes(from: position)
        position += bytes.count
        guard let converter else { return bytes.isEmpty ? nil : bytes }
        if bytes.isEmpty {
            guard converter.rest.isEmpty else { throw refusal(converter) }
            return nil
        }
        let (text, isFaulty) = converter.convert(bytes)
        if isFaulty { throw refusal(converter) }
        return text
    }

    /// What was not understood starts where the rest starts.
    private func refusal(_ converter: Converter) -> FileRefusal {
        FileRefusal(
            "file_not_text",
            [
                "bytes": converter.rest.prefix(2).hex(separator: " "),
                "offset": "\(position - converter.rest.count)",
            ])
    }
}
