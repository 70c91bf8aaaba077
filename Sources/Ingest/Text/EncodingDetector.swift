/// Decides a file's encoding on the whole of it: one strange byte on the last page changes the answer.
struct EncodingDetector {
    private static let marks: [(bytes: [UInt8], encoding: TextEncoding)] = [
        ([0xEF, 0xBB, 0xBF], .utf8), ([0xFF, 0xFE], .utf16LittleEndian), ([0xFE, 0xFF], .utf16BigEndian),
    ]
    /// First bytes of files that are sent by mistake, and the refusal that names them.
    private static let otherFiles: [(bytes: [UInt8], code: String)] = [
        ([0x25, 0x50, 0x44, 0x46], "file_is_pdf")
    ]

    static func decide(_ file: ReceivedFile) throws -> EncodingDecision {
        let head = try file.bytes(from: 0, atMost: 4096)
        if head.isEmpty { throw FileRefusal("file_empty") }
        if let other = otherFiles.first(where: { head.starts(with: $0.bytes) }) { throw FileRefusal(other.code) }
        if let mark = marks.first(where: { head.starts(with: $0.bytes) }) {
            let decision = EncodingDecision(
                mark.encoding, "mark", bytes: mark.bytes, markLength: mark.bytes.count)
            return try verified(decision, file)
        }
        if let zeros = try byteOrderFromZeros(head) { return try verified(zeros, file) }
        return try decideWithoutMark(file)
    }

    private static func decideWithoutMark(_ file: ReceivedFile) throws -> EncodingDecision {
        var check = UTF8Check()
        try file.forEachChunk { check.read($0) }
        guard let fault = check.fault ?? check.cutCharacter else {
            return check.sawNonASCII ? EncodingDecision(.utf8, "valid_utf8") : EncodingDecision(.utf8, "ascii")
        }
        // The end of UTF-8 that was cut is often a character of GB18030, and all before it would be, as nonsense.
        if check.fault == nil, check.sawCharacter { throw unreadable(fault) }
        let decision = EncodingDecision(.gb18030, "not_utf8", bytes: [fault.byte], offset: fault.offset)
        do {
            return try verified(decision, file)
        } catch is FileRefusal {
            throw unreadable(fault)
        }
    }

    private static func unreadable(_ fault: (byte: UInt8, offset: Int)) -> FileRefusal {
        FileRefusal("file_not_text", ["bytes": [fault.byte].hex(separator: " "), "offset": "\(fault.offset)"])
    }

    /// UTF-16 without a mark shows as zeros at every second byte of its ASCII parts. A few may stand elsewhere (一 is
    /// U+4E00); zeros without such an order are no text.
    private static func byteOrderFromZeros(_ head: [UInt8]) throws -> EncodingDecision? {
        guard let first = head.firstIndex(of: 0) else { return nil }
        let zeros = head.indices.filter { head[$0] == 0 }
        let odd = zeros.count { $0 % 2 == 1 }
        let even = zeros.count - odd
        let start = first & ~1
        let pair = Array(head[start..<min(head.count, start + 2)])
        if zeros.count * 4 >= head.count, odd >= 4 * even {
            return EncodingDecision(.utf16LittleEndian, "zeros", bytes: pair, offset: start)
        }
        if zeros.count * 4 >= head.count, even >= 4 * odd {
            return EncodingDecision(.utf16BigEndian, "zeros", bytes: pair, offset: start)
        }
        throw FileRefusal("file_not_text", ["bytes": "00", "offset": "\(first)"])
    }

    /// Converts the whole file once for nothing but the answer whether it can be converted.
    private static func verified(_ decision: EncodingDecision, _ file: ReceivedFile) throws -> EncodingDecision {
        if decision.encoding == .utf8 {
            var check = UTF8Check()
            try file.forEachChunk { check.read($0) }
            if let fault = check.fault ?? check.cutCharacter { throw unreadable(fault) }
            return decision
        }
        let text = try TextStream(file, decision)
        while try text.next() != nil {}
        return decision
    }
}

/// Whether bytes are UTF-8, fed chunk by chunk (Unicode 15, table 3-7).
struct UTF8Check {
    private(set) var fault: (byte: UInt8, offset: Int)?
    private(set) var sawNonASCII = false
    /// A character beyond ASCII stood there whole.
    private(set) var sawCharacter = false
    private var last: UInt8 = 0
    /// A character that the end of the file cuts off, where there is one.
    var cutCharacter: (byte: UInt8, offset: Int)? { expected > 0 ? (last, offset - 1) : nil }
    private var offset = 0
    private var expected = 0
    private var allowed: ClosedRange<UInt8> = 0x80...0xBF

    mutating func read(_ bytes: [UInt8]) {
        guard fault == nil else { return }
        bytes.withUnsafeBufferPointer { bytes in
            var index = 0
            while index < bytes.count {
                if expected == 0 {
                    let plain = Self.plainCount(bytes, from: index)
                    index += plain
                    offset += plain
                    if index == bytes.count { return }
                }
                guard accept(bytes[index]) else {
                    fault = (bytes[index], offset)
                    return
                }
                last = bytes[index]
                offset += 1
                index += 1
            }
        }
    }

    /// How many ASCII bytes stand from an index on, looked at eight at a time.
    private static func plainCount(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        let raw = UnsafeRawBufferPointer(bytes)
        var index = start
        while index + 8 <= bytes.count,
            raw.loadUnaligned(fromByteOffset: index, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
        { index += 8 }
        while index < bytes.count, bytes[index] < 0x80 { index += 1 }
        return index - start
    }

    private mutating func accept(_ byte: UInt8) -> Bool {
        sawNonASCII = true
        if expected > 0 {
            guard allowed.contains(byte) else { return false }
            expected -= 1
            sawCharacter = sawCharacter || expected == 0
            allowed = 0x80...0xBF
            return true
        }
        switch byte {
        case 0xC2...0xDF: expected = 1
        case 0xE0: (expected, allowed) = (2, 0xA0...0xBF)
        case 0xED: (expected, allowed) = (2, 0x80...0x9F)
        case 0xE1...0xEF: expected = 2
        case 0xF0: (expected, allowed) = (3, 0x90...0xBF)
        case 0xF1...0xF3: expected = 3
        case 0xF4: (expected, allowed) = (3, 0x80...0x8F)
        default: return false
        }
        return true
    }
}
