/// The bytes that a workbook may still inflate to. One budget serves every pass over the file, so that neither a bomb
/// nor a part named many times costs more than it.
final class Budget {
    private let total: Int
    private var left: Int

    init(fileBytes: Int, _ limits: WorkbookLimits) {
        let (byRatio, overflow) = fileBytes.multipliedReportingOverflow(by: limits.inflationRatio)
        total = overflow ? limits.inflatedBytes : min(limits.inflatedBytes, limits.freeBytes + byRatio)
        left = total
    }

    func spend(_ bytes: Int) throws {
        left -= bytes
        if left < 0 { throw FileRefusal.tooLarge("inflated_bytes", total) }
    }
}
