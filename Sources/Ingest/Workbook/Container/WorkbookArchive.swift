/// The parts of a workbook: a zip archive. Parts stand in any order, so each reading is a pass of its own.
struct WorkbookArchive {
    private let file: ReceivedFile
    /// Folded names of every part.
    private let names: Set<String>
    let limits: WorkbookLimits
    let budget: Budget

    init(_ file: ReceivedFile, _ limits: WorkbookLimits) throws {
        self.file = file
        self.limits = limits
        budget = Budget(fileBytes: file.byteCount, limits)

        let listing = try PartReader(file, budget)
        var names: Set<String> = []
        var count = 0
        while try listing.advance() {
            count += 1
            if count > limits.entries { throw FileRefusal.tooLarge("entries", limits.entries) }
            let isNew = names.insert(Self.folded(listing.name)).inserted
            // Two parts of one name: which one is meant is anyone's guess (ECMA-376-2, 6.2.2.3 forbids it).
            if !isNew { throw FileRefusal.damaged("twice", part: listing.name) }
        }
        self.names = names
    }

    func contains(_ part: String) -> Bool { names.contains(Self.folded(part)) }

    /// A part, to be read from its first byte.
    func open(_ part: String) throws -> PartReader {
        let reader = try PartReader(file, budget)
        let wanted = Self.folded(part)
        while try reader.advance() {
            if Self.folded(reader.name) == wanted { return reader }
        }
        throw FileRefusal.damaged("part", part: part)
    }

    /// Reads a whole part into a visitor.
    func read(_ part: String, into visitor: any XMLVisitor) throws {
        let parser = try ExpatParser(open(part), visitor, limits)
        while try parser.step() {}
    }

    /// Names of parts do not depend on case (ECMA-376-2, 6.2.2.3); some writers use backslashes.
    private static func folded(_ name: String) -> String {
        let slashed = name.replacing("\\", with: "/").lowercased()
        return slashed.hasPrefix("/") ? String(slashed.dropFirst()) : slashed
    }
}
