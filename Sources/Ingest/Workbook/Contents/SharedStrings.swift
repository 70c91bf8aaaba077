/// The strings that a workbook's cells refer to by number.
struct SharedStrings {
    private let spool: StringSpool

    /// Reads the part; a workbook without one has no shared strings.
    init(_ part: String?, in archive: WorkbookArchive) throws {
        spool = try StringSpool(limit: archive.limits.sharedStrings)
        if let part, archive.contains(part) {
            try archive.read(part, into: SharedStringsVisitor(spool, limit: archive.limits.cellBytes))
        }
        try spool.seal()
    }

    /// UTF-8, with its escapes; nil for a number that no string has.
    subscript(index: Int) -> UnsafeRawBufferPointer? { spool[index] }
}

private final class SharedStringsVisitor: XMLVisitor {
    private let spool: StringSpool
    private var text: RichText

    init(_ spool: StringSpool, limit: Int) {
        self.spool = spool
        text = RichText(limit: limit)
    }

    /// Phonetic runs (rPh) are none of them: they say how a text is pronounced.
    func element(_ name: XMLName, in parent: XMLElement?) -> XMLElement? {
        switch (parent, name) {
        case (nil, "sst"): .sharedStrings
        case (.sharedStrings, "si"): .sharedString
        case (.sharedString, "r"): .run
        case (.sharedString, "t"), (.run, "t"): .text
        default: nil
        }
    }

    func start(_ element: XMLElement, _ attributes: XMLAttributes) {
        switch element {
        case .sharedString: text.clear()
        case .text: text.begin(attributes)
        default: break
        }
    }

    func text(_ bytes: UnsafeRawBufferPointer, in element: XMLElement) {
        if element == .text { text.append(bytes) }
    }

    func end(_ element: XMLElement) throws {
        switch element {
        case .sharedString: try spool.append(text.bytes)
        case .text: text.end()
        default: break
        }
    }
}
