/// Reads the workbook's own part.
final class WorkbookVisitor: XMLVisitor {
    struct Tab {
        let name: String
        let state: String
        /// Of the relationship that names its part.
        let id: String
    }

    private let limit: Int
    private(set) var isWorkbook = false
    private(set) var dates = DateSystem.from1900
    /// The writer computed no formula and left that to Excel: the results in the file are placeholders.
    private(set) var recalculates = false
    private(set) var tabs: [Tab] = []

    init(limit: Int) {
        self.limit = limit
    }

    func element(_ name: XMLName, in parent: XMLElement?) -> XMLElement? {
        switch (parent, name) {
        case (nil, "workbook"): .workbook
        case (.workbook, "workbookPr"): .workbookProperties
        case (.workbook, "calcPr"): .calculation
        case (.workbook, "sheets"): .sheets
        case (.sheets, "sheet"): .sheet
        default: nil
        }
    }

    func start(_ element: XMLElement, _ attributes: XMLAttributes) throws {
        switch element {
        case .workbook: isWorkbook = true
        case .workbookProperties: if attributes["date1904"]?.isTrue == true { dates = .from1904 }
        case .calculation: recalculates = attributes["fullCalcOnLoad"]?.isTrue ?? false
        case .sheet:
            if tabs.count == limit { throw FileRefusal.tooLarge("sheets", limit) }
            guard let name = attributes["name"]?.string, let id = attributes["id"]?.string else { return }
            tabs.append(Tab(name: name, state: attributes["state"]?.string ?? "", id: id))
        default: break
        }
    }
}
