/// A cell to write into a workbook. Text is never taken for a formula.
public struct WrittenCell: Sendable, Equatable {
    public enum Value: Sendable, Equatable {
        case empty
        case text(String)
        case number(Double)
        /// "2024-03-01", shown in this form.
        case date(String)
    }

    public let value: Value
    /// What is wrong with the cell: it is filled with colour and carries this as a comment.
    public let fault: String?

    public init(_ value: Value, fault: String? = nil) {
        self.value = value
        self.fault = fault
    }
}
