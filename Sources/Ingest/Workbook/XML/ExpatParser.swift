import CExpat

/// Feeds a part to expat, chunk by chunk. Document types are refused, and with them every entity.
final class ExpatParser {
    /// Small, for the rows of one chunk are in memory together.
    private static let chunk: Int32 = 1 << 14

    private let parser: XML_Parser
    private let part: PartReader
    private let limits: WorkbookLimits
    private var path: XMLPath
    private var fed = 0
    private var failure: (any Error)?

    init(_ part: PartReader, _ visitor: any XMLVisitor, _ limits: WorkbookLimits) throws {
        guard let parser = XML_ParserCreate(nil) else { throw FileRefusal.damaged("memory", part: part.name) }
        self.parser = parser
        self.part = part
        self.limits = limits
        path = XMLPath(visitor)
        XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
        XML_SetElementHandler(
            parser, { ExpatParser.from($0)?.start($1, $2) }, { data, _ in ExpatParser.from(data)?.end() })
        XML_SetCharacterDataHandler(parser) { ExpatParser.from($0)?.text($1, $2) }
        XML_SetStartDoctypeDeclHandler(parser) { data, _, _, _, _ in ExpatParser.from(data)?.refuse("doctype") }
    }

    deinit { XML_ParserFree(parser) }

    /// Parses the next chunk; false at the end.
    func step() throws -> Bool {
        guard let space = XML_GetBuffer(parser, Self.chunk) else {
            throw FileRefusal.damaged("memory", part: part.name)
        }
        let count = try part.read(into: UnsafeMutableRawBufferPointer(start: space, count: Int(Self.chunk)))
        let status = XML_ParseBuffer(parser, Int32(count), count == 0 ? 1 : 0)
        if let failure { throw failure }
        guard status == XML_STATUS_OK else { throw damaged("xml") }
        fed += count
        // Expat keeps a token until it is whole.
        if fed - Int(XML_GetCurrentByteIndex(parser)) > limits.tokenBytes {
            throw FileRefusal.tooLarge("token_bytes", limits.tokenBytes, ["part": part.name])
        }
        return count > 0
    }

    private func start(_ name: UnsafePointer<CChar>?, _ list: UnsafeMutablePointer<UnsafePointer<CChar>?>?) {
        if path.depth == limits.depth { return stop(FileRefusal.tooLarge("depth", limits.depth, ["part": part.name])) }
        guard let name, let list else { return }
        do { try path.start(XMLName(name), XMLAttributes(list)) } catch { stop(error) }
    }

    private func end() {
        do { try path.end() } catch { stop(error) }
    }

    private func text(_ bytes: UnsafePointer<CChar>?, _ count: Int32) {
        path.text(UnsafeRawBufferPointer(start: bytes, count: Int(count)))
    }

    private func refuse(_ reason: String) { stop(damaged(reason)) }

    private func stop(_ error: any Error) {
        if failure == nil { failure = error }
        XML_StopParser(parser, 0)
    }

    private func damaged(_ reason: String) -> FileRefusal {
        .damaged(reason, part: part.name, ["line": "\(XML_GetCurrentLineNumber(parser))"])
    }

    private static func from(_ data: UnsafeMutableRawPointer?) -> ExpatParser? {
        data.map { Unmanaged<ExpatParser>.fromOpaque($0).takeUnretainedValue() }
    }
}
