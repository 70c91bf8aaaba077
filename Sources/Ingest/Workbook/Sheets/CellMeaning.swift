/// What is wrong with a cell or row, so that the file is refused.
enum CellFault: Error {
    case tooLong
    /// A reference that is none.
    case reference
    /// A shared string that is not there.
    case unknownString
    case rowTooLong(Int)
    case tooManyRows(Int)
    case tooManyColumns(Int)
}

/// All that a workbook says of what its cells mean.
struct CellMeaning {
    let strings: SharedStrings
    let styles: CellStyles
    let dates: DateSystem
    /// Results of formulas are placeholders: a program wrote them, such as 0 by xlsxwriter.
    let resultsAreStale: Bool
    let longest: Int

    /// - Returns: nil for a cell that is empty, whatever its style.
    func cell(_ draft: CellDraft) throws(CellFault) -> SheetCell? {
        if draft.text.isTooLong { throw .tooLong }
        let format = styles[draft.style]
        let value: SheetCell.Value? =
            draft.isFormula && (resultsAreStale || !draft.hasResult)
            ? .notComputed : draft.text.bytes.isEmpty ? nil : try value(draft, format)
        return value.map {
            SheetCell(column: draft.column, value: $0, format: format, isFormula: draft.isFormula)
        }
    }

    private func value(_ draft: CellDraft, _ format: NumberFormat) throws(CellFault) -> SheetCell.Value? {
        switch draft.form {
        case .sharedString: try sharedString(Self.token(draft))
        case .string, .inlineString: .text(EscapedCharacters.decoded(draft.text.bytes))
        case .bool: .bool(Self.token(draft) == "1" || Self.token(draft) == "true")
        case .error: .error(Self.token(draft))
        case .date: Self.isoDate(Self.token(draft))
        case .number: number(Self.token(draft), format)
        }
    }

    private func sharedString(_ number: String) throws(CellFault) -> SheetCell.Value? {
        guard let index = Int(number), let bytes = strings[index] else { throw .unknownString }
        if bytes.count > longest { throw .tooLong }
        return bytes.isEmpty ? nil : .text(EscapedCharacters.decoded(bytes))
    }

    private func number(_ text: String, _ format: NumberFormat) -> SheetCell.Value {
        guard text.utf8.allSatisfy(Self.isOfNumber) else { return .text(text) }
        guard format.isMoment, let serial = Double(text) else { return .number(text) }
        return dates.value(serial, as: format) ?? .number(text)
    }

    /// ISO 8601 already (t="d"); midnight is a day.
    private static func isoDate(_ text: String) -> SheetCell.Value {
        let parts = text.split(separator: "T", maxSplits: 1)
        if parts.count == 2, parts[1].allSatisfy({ "0:.Z".contains($0) }) { return .date(String(parts[0])) }
        return text.contains("-") ? .date(text) : .time(text)
    }

    /// What stands in the value, without the writer's indentation.
    private static func token(_ draft: CellDraft) -> String {
        let isSpace = { (byte: UInt8) in byte <= 0x20 }
        let bytes = draft.text.bytes.drop(while: isSpace)
        let end = bytes.lastIndex { !isSpace($0) } ?? bytes.startIndex - 1
        return String(decoding: bytes[..<(end + 1)], as: UTF8.self)
    }

    private static func isOfNumber(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || [0x2B, 0x2D, 0x2E, 0x45, 0x65].contains(byte)  // + - . E e
    }
}
