/// A cell as its elements tell it, before it means anything.
struct CellDraft {
    /// How the value is written (ECMA-376-1, 18.18.11: ST_CellType).
    enum Form {
        case number, sharedString, string, inlineString, bool, error, date

        init(_ attribute: XMLValue?) {
            guard let attribute else {
                self = .number
                return
            }
            self =
                switch attribute {
                case "n": .number
                case "s": .sharedString
                case "b": .bool
                case "e": .error
                case "d": .date
                case "inlineStr": .inlineString
                default: .string  // "str", of formulas
                }
        }
    }

    private(set) var column = 0
    private(set) var form = Form.number
    private(set) var style = 0
    var hasValue = false
    var isFormula = false
    var text: RichText

    init(longest: Int) {
        text = RichText(limit: longest)
    }

    mutating func begin(_ attributes: XMLAttributes, column: Int) {
        self.column = column
        form = Form(attributes["t"])
        style = attributes["s"]?.integer ?? 0
        hasValue = false
        isFormula = false
        text.clear()
    }

    /// Some writers give a value and an inline string; the form says which of them is meant.
    mutating func append(_ bytes: UnsafeRawBufferPointer, from element: XMLElement) {
        if element == (form == .inlineString ? .text : .value) { text.append(bytes) }
    }

    /// A formula whose result is an empty text is computed: "str" and a value without characters.
    var hasResult: Bool { form == .string ? hasValue : !text.bytes.isEmpty }
}
