/// One row of a file: its line and its cells as they were written, in UTF-8. Readers fill one record again and again.
public struct Record: Sendable {
    /// Why a cell cannot be read, whatever stands in it.
    struct Fault: Sendable, Equatable {
        let code: Defect.Code
        /// What the cell was held against.
        var expected: String?
    }

    /// Line (of a sheet: row) on which the row starts, from 1.
    private(set) var line = 0
    /// Cells that hold nothing to read, such as a formula without its result, by their place.
    private(set) var faults: [Int: Fault] = [:]
    private var bytes: [UInt8] = []
    private var ends: [Int] = []

    var count: Int { ends.count }
    var byteCount: Int { bytes.count }

    mutating func begin(line: Int) {
        self.line = line
        bytes.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
        if !faults.isEmpty { faults = [:] }
    }

    mutating func append(_ cell: UnsafeBufferPointer<UInt8>) {
        bytes.append(contentsOf: cell)
        ends.append(bytes.count)
    }

    mutating func append(_ cell: some Sequence<UInt8>, fault: Fault? = nil) {
        if let fault { faults[ends.count] = fault }
        bytes.append(contentsOf: cell)
        ends.append(bytes.count)
    }

    /// Adds a byte to the cell that is being written; `endCell` ends it.
    mutating func append(byte: UInt8) { bytes.append(byte) }
    mutating func endCell() { ends.append(bytes.count) }
    var openCellCount: Int { bytes.count - (ends.last ?? 0) }

    /// Blank cells added, up to so many in all.
    mutating func appendBlanks(to width: Int) {
        ends += [Int](repeating: bytes.count, count: max(0, width - ends.count))
    }

    /// Blank cells at the end taken away, down to so many.
    mutating func cut(to width: Int) {
        while ends.count > width, range(ends.count - 1).isEmpty { ends.removeLast() }
    }

    private func range(_ index: Int) -> Range<Int> { (index == 0 ? 0 : ends[index - 1])..<ends[index] }

    /// Lends the bytes of a cell.
    @inline(__always)
    func withCell<T>(_ index: Int, _ body: (UnsafeBufferPointer<UInt8>) -> T) -> T {
        let range = range(index)
        return bytes.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[range])) }
    }

    func isEmpty(_ index: Int) -> Bool { range(index).isEmpty }
    func text(_ index: Int) -> String { withCell(index) { String(decoding: $0, as: UTF8.self) } }
    var texts: [String] { (0..<count).map(text) }
    var isBlank: Bool { bytes.allSatisfy { $0 == 0x20 } }
}
