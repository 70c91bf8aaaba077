/// What a part refers to, by id (ECMA-376-2, 6.5). Kinds are the last word of the type's URI, for the rest of it
/// differs between strict and transitional files.
struct Relationships {
    struct Relationship {
        let kind: String
        /// Name of the part.
        let target: String
    }

    private let byID: [String: Relationship]

    /// - Parameter part: the part whose references are read; "" for the archive's own.
    init(of part: String, in archive: WorkbookArchive) throws {
        let folder = part.split(separator: "/").dropLast()
        let file = part.split(separator: "/").last ?? ""
        let name = (folder + ["_rels", "\(file).rels"]).joined(separator: "/")
        let visitor = RelationshipsVisitor(folder: Array(folder), limit: archive.limits.listEntries)
        if archive.contains(name) { try archive.read(name, into: visitor) }
        byID = visitor.byID
    }

    subscript(id: String) -> Relationship? { byID[id] }

    /// The part of a kind; with several, the one of the first id.
    func first(_ kind: String) -> String? {
        byID.filter { $0.value.kind == kind }.min { $0.key < $1.key }?.value.target
    }
}

private final class RelationshipsVisitor: XMLVisitor {
    private let folder: [Substring]
    private let limit: Int
    private(set) var byID: [String: Relationships.Relationship] = [:]

    init(folder: [Substring], limit: Int) {
        self.folder = folder
        self.limit = limit
    }

    func element(_ name: XMLName, in parent: XMLElement?) -> XMLElement? {
        switch (parent, name) {
        case (nil, "Relationships"): .relationships
        case (.relationships, "Relationship"): .relationship
        default: nil
        }
    }

    func start(_ element: XMLElement, _ attributes: XMLAttributes) throws {
        guard element == .relationship, attributes["TargetMode"]?.string != "External",
            let id = attributes["Id"]?.string, let type = attributes["Type"]?.string,
            let target = attributes["Target"]?.string
        else { return }
        if byID.count == limit { throw FileRefusal.tooLarge("relationships", limit) }
        let kind = type.split(separator: "/").last.map(String.init) ?? ""
        byID[id] = Relationships.Relationship(kind: kind, target: resolved(target))
    }

    /// "/xl/a.xml" from the top, "a.xml" and "../a.xml" from the part's folder.
    private func resolved(_ target: String) -> String {
        let steps = target.replacing("\\", with: "/")
        var path = steps.hasPrefix("/") ? [] : folder
        for step in steps.split(separator: "/") where step != "." {
            if step == ".." { _ = path.popLast() } else { path.append(step) }
        }
        return path.joined(separator: "/")
    }
}
