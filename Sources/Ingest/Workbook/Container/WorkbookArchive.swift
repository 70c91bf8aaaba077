/// The parts of a workbook: a zip archive. Parts stand in any order, so each reading is a pass of its own.
struct WorkbookArchive {
    private let file: ReceivedFile
    /// The place of every part in the archive, by its folded name.
    private let places: [String: Int]
    let limits: WorkbookLimits
    let budget: Budget

    init(_ file: ReceivedFile, _ limits: WorkbookLimits) throws {
        self.file = file
        self.limits = limits
        budget = Budget(fileBytes: file.byteCount, limits)

        let listing = try PartReader(file, budget)
        var places: [String: Int] = [:]
        while try listing.advance() {
            if places.count == limits.entries { throw FileRefusal.tooLarge("entries", limits.entries) }
            let other = places.updateValue(places.count, forKey: Self.folded(listing.name))
            // Two parts of one name: which one is meant is anyone's guess (ECMA-376-2, 6.2.2.3 forbids it).
            if other != nil { throw FileRefusal.damaged("twice", part: listing.name) }
        }
        self.places = places
    }

    func contains(_ part: String) -> Bool { places[Self.folded(part)] != nil }

    /// A part, to be read from its first byte.
    func open(_ part: String) throws -> PartReader {
        guard let place = places[Self.folded(part)] else { throw FileRefusal.damaged("part", part: part) }
        let reader = try PartReader(file, budget)
        for _ in 0...place {
            guard try reader.advance() else { throw FileRefusal.damaged("part", part: part) }
        }
        return reader
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
