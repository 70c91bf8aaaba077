/// The way from the root to where a parser stands, as its visitor knows it.
struct XMLPath {
    private let visitor: any XMLVisitor
    private var known: [XMLElement] = []
    /// How many levels deep the parser is in an unknown element.
    private var unknown = 0

    init(_ visitor: any XMLVisitor) {
        self.visitor = visitor
    }

    var depth: Int { known.count + unknown }

    mutating func start(_ name: XMLName, _ attributes: XMLAttributes) throws {
        guard unknown == 0, let element = visitor.element(name, in: known.last) else {
            unknown += 1
            return
        }
        known.append(element)
        try visitor.start(element, attributes)
    }

    func text(_ bytes: UnsafeRawBufferPointer) {
        guard unknown == 0, let element = known.last else { return }
        visitor.text(bytes, in: element)
    }

    mutating func end() throws {
        guard unknown == 0 else {
            unknown -= 1
            return
        }
        if let element = known.popLast() { try visitor.end(element) }
    }
}
