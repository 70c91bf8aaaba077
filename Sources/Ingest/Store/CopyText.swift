/// PostgreSQL's text format of COPY: tabs between cells, `\N` for null, backslashes for what would be read otherwise.
enum CopyText {
    static func line(_ cells: [String?]) -> [UInt8] {
        var bytes: [UInt8] = []
        for (index, cell) in cells.enumerated() {
            if index > 0 { bytes.append(9) }
            append(cell, to: &bytes)
        }
        bytes.append(10)
        return bytes
    }

    static func append(_ cell: String?, to bytes: inout [UInt8]) {
        guard let cell else { return bytes.append(contentsOf: [92, 78]) }
        for byte in cell.utf8 {
            switch byte {
            case 9: bytes.append(contentsOf: [92, 116])
            case 10: bytes.append(contentsOf: [92, 110])
            case 13: bytes.append(contentsOf: [92, 114])
            case 92: bytes.append(contentsOf: [92, 92])
            default: bytes.append(byte)
            }
        }
    }
}
