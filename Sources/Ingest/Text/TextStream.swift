/// A file's text as chunks of UTF-8.
final class TextStream {
    private let file: ReceivedFile
    private let converter: Converter
    /// How far the file has been read.
    private var position: Int

    init(_ file: ReceivedFile, _ decision: EncodingDecision) throws {
        guard let converter = Converter(from: decision.encoding) else {
            throw FileRefusal("file_not_text", ["bytes": decision.encoding.rawValue, "offset": "0"])
        }
        self.file = file
        self.converter = converter
        position = decision.markLength
    }

    /// The next chunk of text; nil at the end.
    /// - Throws: `FileRefusal` at a byte that is not of the encoding.
    func next() throws -> [UInt8]? {
        let bytes = try file.bytes(from: position)
        if bytes.isEmpty {
            guard converter.rest.isEmpty else { throw refusal }
            return nil
        }
        position += bytes.count
        let (text, isFaulty) = converter.convert(bytes)
        if isFaulty { throw refusal }
        return text
    }

    /// What was not understood starts where the rest starts.
    private var refusal: FileRefusal {
        FileRefusal(
            "file_not_text",
            [
                "bytes": converter.rest.prefix(2).hex(separator: " "),
                "offset": "\(position - converter.rest.count)",
            ])
    }
}
