/// What a file is by its first bytes; its name says nothing that can be trusted.
enum FileFormat: String, Sendable {
    case csv
    case workbook = "xlsx"
    /// A DHIS2 data value set in JSON; one in CSV is known by its header.
    case dataValueSet = "dhis2"

    private static let zip: [UInt8] = [0x50, 0x4B, 0x03, 0x04]
    /// An archive without parts: its directory alone.
    private static let emptyZip: [UInt8] = [0x50, 0x4B, 0x05, 0x06]
    /// Compound File Binary, in which Excel 97–2003 and encrypted workbooks are kept.
    private static let compound: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]
    private static let pdf = Array("%PDF".utf8)
    /// Streams of compound files ([MS-CFB] 2.6.1: names are UTF-16), and the refusal that names the file.
    private static let streams = [
        ("EncryptedPackage", "workbook_encrypted"), ("Workbook", "workbook_old"), ("Book", "workbook_old"),
    ]

    /// - Throws: `FileRefusal` for what is sent by mistake.
    static func decide(_ file: ReceivedFile) throws -> FileFormat {
        let head = try file.bytes(from: 0, atMost: 1024)
        if head.isEmpty { throw FileRefusal("file_empty") }
        if head.starts(with: zip) { return .workbook }
        if head.starts(with: emptyZip) { throw FileRefusal("file_not_workbook") }
        if head.starts(with: compound) { throw FileRefusal(try streamRefusal(file)) }
        if head.starts(with: pdf) { throw FileRefusal("file_is_pdf") }
        if WebPage.begins(head) { throw FileRefusal("file_is_html") }
        return isJSON(head) ? .dataValueSet : .csv
    }

    /// An object, or a list of objects: "[" alone may begin a title.
    private static func isJSON(_ head: [UInt8]) -> Bool {
        let signs = head.lazy.filter { ![0xEF, 0xBB, 0xBF, 0x20, 0x09, 0x0A, 0x0D].contains($0) }.prefix(2)
        return signs.first == 0x7B || signs.elementsEqual([0x5B, 0x7B])
    }

    private static func streamRefusal(_ file: ReceivedFile) throws -> String {
        let names = streams.map { (Array($0.0.utf16).flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }, $0.1) }
        var found: Set<String> = []
        var rest: [UInt8] = []
        try file.forEachChunk { chunk in
            let piece = rest + chunk
            for (name, refusal) in names where piece.firstRange(of: name) != nil { found.insert(refusal) }
            rest = piece.suffix(64)
        }
        return names.map(\.1).first(where: found.contains) ?? "file_not_workbook"
    }
}
