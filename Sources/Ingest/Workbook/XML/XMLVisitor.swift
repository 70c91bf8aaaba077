/// The elements of workbooks that anything is read from, by what they are rather than by their names.
enum XMLElement {
    case relationships, relationship
    case workbook, workbookProperties, calculation, sheets, sheet
    case styleSheet, formats, format, styles, style
    case sharedStrings, sharedString
    case worksheet, rows, row, cell, value, formula, inlineString, merges, merge
    /// Of strings: a formatted run, and the text in it or directly in the string.
    case run, text
}

/// Reads one kind of part. It names the elements that it knows, by their parents; the others are left out with all that
/// is in them.
protocol XMLVisitor: AnyObject {
    func element(_ name: XMLName, in parent: XMLElement?) -> XMLElement?
    func start(_ element: XMLElement, _ attributes: XMLAttributes) throws
    /// Part of the text directly in the element; a text may come in several parts.
    func text(_ bytes: UnsafeRawBufferPointer, in element: XMLElement)
    func end(_ element: XMLElement) throws
}

extension XMLVisitor {
    func text(_ bytes: UnsafeRawBufferPointer, in element: XMLElement) {}
    func end(_ element: XMLElement) throws {}
}
