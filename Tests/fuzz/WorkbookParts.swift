@testable import Ingest

/// The parts of a workbook, in a container that is right: sheet, strings, styles, workbook and its relationships, split
/// by 0xFF; what is left out is a good part.
///
/// Byte 0 chooses the kind, and whether the first part is the whole sheet or rows below a good header.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int32 {
    let bytes = input(bytes, count)
    guard let first = bytes.first else { return -1 }
    let parts = bytes.dropFirst().split(separator: 0xFF, maxSplits: 4, omittingEmptySubsequences: false).map(Array.init)
    let isWhole = first & 0x80 != 0
    let kind = ReportKind.all[Int(first & 0x7F) % ReportKind.all.count]
    let sheet = isWhole ? parts[0] : SheetText.below(kind, parts[0])
    let part = { (place: Int, other: String) in
        parts.indices.contains(place) && !parts[place].isEmpty ? parts[place] : Array(other.utf8)
    }
    let zip = StoredZip.bytes([
        ("_rels/.rels", Array(SheetText.relationships([("officeDocument", "w.xml")]).utf8)),
        ("s.xml", sheet), ("t.xml", part(1, "<sst><si><t>QS-002</t></si></sst>")),
        ("y.xml", part(2, SheetText.styles)), ("w.xml", part(3, SheetText.workbook)),
        ("_rels/w.xml.rels", part(4, SheetText.links)),
    ])
    orRefused {
        for table in try Tables.find(in: Programme.file(zip), Programme.vocabulary) {
            hold(table.format == .workbook)
            try TableCheck.check(table)
        }
    }
    return 0
}

/// XML of good parts.
private enum SheetText {
    private static let types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    static let links = relationships([("worksheet", "s.xml"), ("sharedStrings", "t.xml"), ("styles", "y.xml")])
    static let workbook = "<workbook><sheets><sheet name='a' id='r1'/></sheets></workbook>"
    /// 1 a day, 2 a time, 3 zeros in front, 4 text, 5 hours.
    static let styles = """
        <styleSheet><numFmts><numFmt numFmtId='170' formatCode='0000'/><numFmt numFmtId='171' formatCode='[h]:mm'/>\
        </numFmts><cellXfs><xf/><xf numFmtId='14'/><xf numFmtId='21'/><xf numFmtId='170'/><xf numFmtId='49'/>\
        <xf numFmtId='171'/></cellXfs></styleSheet>
        """

    static func relationships(_ targets: [(kind: String, part: String)]) -> String {
        let lines = targets.enumerated().map {
            "<Relationship Id='r\($0 + 1)' Type='\(types)/\($1.kind)' Target='\($1.part)'/>"
        }
        return "<Relationships>\(lines.joined())</Relationships>"
    }

    /// Rows under the header of a kind.
    static func below(_ kind: ReportKind, _ rows: [UInt8]) -> [UInt8] {
        let header = kind.columns.map { "<c t='inlineStr'><is><t>\($0.name)</t></is></c>" }.joined()
        return Array("<worksheet><sheetData><row r='1'>\(header)</row>".utf8) + rows
            + Array("</sheetData></worksheet>".utf8)
    }
}
