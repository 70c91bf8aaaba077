/// The number formats of a workbook's cell styles.
struct CellStyles: Sendable {
    private let formats: [NumberFormat]

    init(_ part: String?, in archive: WorkbookArchive) throws {
        let visitor = CellStylesVisitor(limit: archive.limits.listEntries)
        if let part, archive.contains(part) { try archive.read(part, into: visitor) }
        formats = visitor.styles.map { visitor.codes[$0] ?? NumberFormat(builtIn: $0) }
    }

    /// The format of a cell's style; plain where the style is not known.
    subscript(style: Int) -> NumberFormat { formats.indices.contains(style) ? formats[style] : .plain }
}

private final class CellStylesVisitor: XMLVisitor {
    private let limit: Int
    /// Formats with a code, by number.
    private(set) var codes: [Int: NumberFormat] = [:]
    /// Numbers of formats, by style.
    private(set) var styles: [Int] = []

    init(limit: Int) {
        self.limit = limit
    }

    /// Formats also stand in conditional styles (dxfs), and records (xf) in named ones: neither is a cell's.
    func element(_ name: XMLName, in parent: XMLElement?) -> XMLElement? {
        switch (parent, name) {
        case (nil, "styleSheet"): .styleSheet
        case (.styleSheet, "numFmts"): .formats
        case (.formats, "numFmt"): .format
        case (.styleSheet, "cellXfs"): .styles
        case (.styles, "xf"): .style
        default: nil
        }
    }

    func start(_ element: XMLElement, _ attributes: XMLAttributes) throws {
        if max(codes.count, styles.count) == limit { throw FileRefusal.tooLarge("styles", limit) }
        let number = attributes["numFmtId"]?.integer
        switch element {
        case .format:
            guard let number, let code = attributes["formatCode"]?.string else { return }
            codes[number] = NumberFormat(code: code)
        case .style: styles.append(number ?? 0)
        default: break
        }
    }
}
