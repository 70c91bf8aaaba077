/// Cells in their plainest form, read from their bytes. Nil for anything else, which `CellParser` then looks at closely.
enum PlainCell {
    static let longestIdentifier = 60

    /// Digits alone, up to 12 of them.
    static func number(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        guard (1...12).contains(bytes.count) else { return nil }
        var number = 0
        for byte in bytes {
            let digit = byte &- 0x30
            if digit > 9 { return nil }
            number = number * 10 + Int(digit)
        }
        return number
    }

    /// "12" or "12.5" in units of the last of so many decimals.
    static func decimal(_ bytes: UnsafeBufferPointer<UInt8>, _ decimals: Int) -> Int? {
        guard (1...12).contains(bytes.count) else { return nil }
        var units = 0
        var fraction = -1
        for byte in bytes {
            if byte == 0x2E, fraction < 0, units >= 0, bytes[0] != 0x2E {
                fraction = 0
                continue
            }
            let digit = byte &- 0x30
            if digit > 9 || fraction == decimals { return nil }
            units = units * 10 + Int(digit)
            if fraction >= 0 { fraction += 1 }
        }
        if fraction == 0 { return nil }
        for _ in 0..<(decimals - max(0, fraction)) { units *= 10 }
        return units
    }

    /// "2024-03-31".
    static func day(_ bytes: UnsafeBufferPointer<UInt8>) -> Day? {
        guard bytes.count == 10, bytes[4] == 0x2D, bytes[7] == 0x2D,
            let year = number(UnsafeBufferPointer(rebasing: bytes[0..<4])),
            let month = number(UnsafeBufferPointer(rebasing: bytes[5..<7])),
            let day = number(UnsafeBufferPointer(rebasing: bytes[8..<10]))
        else { return nil }
        return Day(year: year, month: month, day: day)
    }

    /// Letters, digits, dash and underscore: no space to take away, no exponent's sign or point.
    static func isIdentifier(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard (1...longestIdentifier).contains(bytes.count) else { return false }
        return bytes.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || byte == 0x2D || byte == 0x5F
        }
    }
}
