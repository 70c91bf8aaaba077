/// The merged ranges of a sheet. Only the first cell of a range has a value; on the screen it is the value of all.
struct MergedRanges: Sendable, Equatable {
    let ranges: [CellRange]

    init(of part: String, in archive: WorkbookArchive) throws {
        let visitor = MergedRangesVisitor(limit: archive.limits.listEntries)
        try archive.read(part, into: visitor)
        ranges = visitor.ranges
    }
}

private final class MergedRangesVisitor: XMLVisitor {
    private let limit: Int
    private(set) var ranges: [CellRange] = []

    init(limit: Int) {
        self.limit = limit
    }

    func element(_ name: XMLName, in parent: XMLElement?) -> XMLElement? {
        switch (parent, name) {
        case (nil, "worksheet"): .worksheet
        case (.worksheet, "mergeCells"): .merges
        case (.merges, "mergeCell"): .merge
        default: nil
        }
    }

    func start(_ element: XMLElement, _ attributes: XMLAttributes) throws {
        guard element == .merge, let range = attributes["ref"].flatMap({ CellRange($0.string) }) else { return }
        if ranges.count == limit { throw FileRefusal.tooLarge("merged_ranges", limit) }
        ranges.append(range)
    }
}
