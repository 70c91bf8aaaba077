/// A row as its cells come in.
struct RowDraft {
    private let limits: WorkbookLimits
    private let budget: Budget
    private var rowCount = 0
    private(set) var number = 0
    /// The last row that held something.
    private var lastNumber = 0
    private var isNumbered = false
    private var isHidden = false
    private var lastColumn = -1
    private var isInOrder = true
    private var cells: [SheetCell] = []
    private var bytes = 0

    init(_ limits: WorkbookLimits, _ budget: Budget) {
        self.limits = limits
        self.budget = budget
    }

    /// A row without a number follows the one before it.
    mutating func begin(_ attributes: XMLAttributes) throws(CellFault) {
        let written = attributes["r"]?.integer
        number = written ?? number + 1
        isNumbered = written != nil
        isHidden = attributes["hidden"]?.isTrue ?? false
        (lastColumn, isInOrder, bytes) = (-1, true, 0)
        cells.removeAll(keepingCapacity: true)
        rowCount += 1
        try checkNumber()
    }

    /// The column of a cell; one without a reference follows the one before it.
    mutating func place(_ attribute: XMLValue?) throws(CellFault) -> Int {
        var column = lastColumn + 1
        if let attribute {
            guard let reference = CellReference(attribute.utf8) else { throw .reference }
            column = reference.column
            if !isNumbered { number = reference.row }
            isNumbered = true
            try checkNumber()
        }
        guard column < limits.columns else { throw .tooManyColumns(limits.columns) }
        isInOrder = isInOrder && column > lastColumn
        lastColumn = column
        return column
    }

    mutating func add(_ cell: SheetCell) throws {
        if case .text(let text) = cell.value {
            bytes += text.utf8.count
            // A shared string may be named by every cell: what it expands to is paid for like what is inflated.
            try budget.spend(text.utf8.count)
        }
        if bytes > limits.rowBytes { throw CellFault.rowTooLong(limits.rowBytes) }
        if cells.count == limits.columns { throw CellFault.tooManyColumns(limits.columns) }
        cells.append(cell)
    }

    /// The row; nil where it is blank. Rows rise, as Excel writes them: a line that comes twice, or above its header, is
    /// no place that a receipt could name.
    mutating func finished() throws(CellFault) -> SheetRow? {
        if cells.isEmpty { return nil }
        if number <= lastNumber { throw .reference }
        lastNumber = number
        if isInOrder { return SheetRow(number: number, isHidden: isHidden, cells: cells) }
        let sorted = cells.sorted { $0.column < $1.column }
        // Two values in one place: neither is the true one.
        guard zip(sorted, sorted.dropFirst()).allSatisfy({ $0.column < $1.column }) else { throw .reference }
        return SheetRow(number: number, isHidden: isHidden, cells: sorted)
    }

    private func checkNumber() throws(CellFault) {
        if number < 1 { throw .reference }
        if max(number, rowCount) > limits.rows { throw .tooManyRows(limits.rows) }
    }
}
