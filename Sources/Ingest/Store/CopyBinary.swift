/// PostgreSQL's binary format of COPY (PostgreSQL manual, COPY, "Binary Format"): big-endian, each field after its length.
struct CopyBinary {
    private(set) var bytes: [UInt8] = []

    /// Types of array elements, as the system catalogue numbers them.
    enum Element: Int32 {
        case smallint = 21
        case int = 23
    }

    mutating func clear() { bytes.removeAll(keepingCapacity: true) }

    mutating func begin() {
        bytes += Array("PGCOPY\n".utf8) + [0xFF, 0x0D, 0x0A, 0]
        append(Int32(0))
        append(Int32(0))
    }

    mutating func beginRow(fields: Int16) { append(fields) }
    mutating func end() { append(Int16(-1)) }

    mutating func field(_ number: Int32) {
        append(Int32(4))
        append(number)
    }

    /// A day, which PostgreSQL counts from 2000.
    mutating func field(_ day: Day) { field(Int32(day.number - 10_957)) }

    mutating func field(_ numbers: [Int16?]) {
        header(
            numbers.count, hasNull: numbers.contains(nil), .smallint,
            bytes: numbers.reduce(0) { $0 + ($1 == nil ? 4 : 6) })
        for number in numbers {
            append(Int32(number == nil ? -1 : 2))
            if let number { append(number) }
        }
    }

    mutating func field(_ numbers: [Int32?]) {
        header(
            numbers.count, hasNull: numbers.contains(nil), .int, bytes: numbers.reduce(0) { $0 + ($1 == nil ? 4 : 8) })
        for number in numbers {
            append(Int32(number == nil ? -1 : 4))
            if let number { append(number) }
        }
    }

    /// One dimension, counted from 1.
    private mutating func header(_ count: Int, hasNull: Bool, _ element: Element, bytes: Int) {
        append(Int32(20 + bytes))
        append(Int32(1))
        append(Int32(hasNull ? 1 : 0))
        append(element.rawValue)
        append(Int32(count))
        append(Int32(1))
    }

    private mutating func append(_ number: some FixedWidthInteger) {
        withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
    }
}
