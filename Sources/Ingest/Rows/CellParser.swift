import Foundation

/// Reads cells as their columns declare them. What nearly every cell is, is read from its bytes at once; the ways in
/// which people write besides (full-width digits, Chinese dates, thousands) take a second look.
struct CellParser {
    private var codes: KnownCodes
    let clients: ClientRegister
    private let today: Day
    private let vocabulary: Vocabulary
    /// The last clinic's code and number: files are sorted by clinic as a rule.
    private var lastSite: (code: [UInt8], value: Value) = ([], .blank)

    /// What unknown codes are near to: looked for once each, and no more where a file holds nothing else.
    private var suggestions: [String: String?] = [:]
    private static let mostSuggestions = 2000

    private static let firstMonth = Month(trusted: 2000, 1)
    private static let firstDay = Day(Month(trusted: 1900, 1), 1)
    private static let lastDay = Month(trusted: 2049, 12).last

    /// - Parameter today: later months and days are slips of the pen.
    init(codes: KnownCodes, clients: ClientRegister, vocabulary: Vocabulary, today: Day) {
        self.codes = codes
        self.clients = clients
        self.vocabulary = vocabulary
        self.today = today
    }

    /// A value, or what is wrong with the cell and what it was held against.
    enum Outcome: Equatable {
        case value(Value)
        case defect(Defect.Code, expected: String? = nil)
    }

    /// - Parameter site: the row's clinic, where one was read; a client is a client of it.
    mutating func parse(_ bytes: UnsafeBufferPointer<UInt8>, as column: Column, site: Int?) -> Outcome {
        if let value = quickly(bytes, column, site) { return .value(value) }
        let text = CellText.plain(bytes)
        if text.isEmpty {
            if column.isRequired { return .defect(.valueMissing) }
            return .value(column.blankValue)
        }
        return switch column.form {
        case .count(let range): count(text, range)
        case .amount(let decimals, let range): amount(text, decimals, range)
        case .month: month(text)
        case .day(let mayPlan): day(text, mayPlan)
        case .time: time(text)
        case .site: self.site(text)
        case .region: region(text)
        case .trial: trial(text)
        case .client: client(text, site)
        case .code: code(text, column)
        case .choice(let known): choice(text, known)
        case .choices(let known): choices(text, known)
        case .text(let longest):
            // A letter may bear any number of accents, and each is stored.
            text.unicodeScalars.count <= longest ? .value(.text(text)) : .defect(.textTooLong, expected: "\(longest)")
        }
    }

    /// Nil for everything that is not in the plainest form.
    private mutating func quickly(_ bytes: UnsafeBufferPointer<UInt8>, _ column: Column, _ site: Int?) -> Value? {
        switch column.form {
        case .site: return lastSite.code.elementsEqual(bytes) && !bytes.isEmpty ? lastSite.value : rememberedSite(bytes)
        case .client:
            guard let site, PlainCell.isIdentifier(bytes) else { return nil }
            return .client(clients.place(site: site, number: bytes))
        case .day(let mayPlan):
            guard let day = PlainCell.day(bytes), day >= Self.firstDay, mayPlan ? day <= Self.lastDay : day <= today
            else { return nil }
            return .day(day)
        case .count(let range):
            guard let number = PlainCell.number(bytes), range.contains(number) else { return nil }
            return .count(number)
        case .amount(let decimals, let range):
            guard let units = PlainCell.decimal(bytes, decimals) else { return nil }
            let unit = RowRule.power(decimals)
            return units >= range.lowerBound * unit && units <= range.upperBound * unit
                ? .amount(units, decimals: decimals) : nil
        case .choice(let known): return known.first { $0.utf8.elementsEqual(bytes) }.map { .text($0) }
        default: return nil
        }
    }

    private mutating func rememberedSite(_ bytes: UnsafeBufferPointer<UInt8>) -> Value? {
        let text = String(decoding: bytes, as: UTF8.self)
        guard let site = codes.sites.site(text) else { return nil }
        lastSite = (Array(bytes), .site(site))
        return .site(site)
    }

    private func count(_ text: String, _ range: ClosedRange<Int>) -> Outcome {
        let (digits, isNegative) = CellText.magnitude(CellText.withoutThousands(text))
        let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 1 || (parts.count == 2 && parts[1].allSatisfy { $0 == "0" }), CellText.isDigits(parts[0])
        else { return .defect(isNegative ? .countNegative : .countNotWhole) }
        if isNegative { return .defect(.countNegative) }
        guard let number = Int(parts[0]), number <= range.upperBound else {
            return .defect(.countTooLarge, expected: "\(range.upperBound)")
        }
        return number < range.lowerBound
            ? .defect(.countOutOfRange, expected: "\(range.lowerBound)–\(range.upperBound)") : .value(.count(number))
    }

    private func amount(_ text: String, _ decimals: Int, _ range: ClosedRange<Int>) -> Outcome {
        let (digits, isNegative) = CellText.magnitude(CellText.withoutThousands(text))
        if isNegative, range.lowerBound >= 0 { return .defect(.countNegative) }
        let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), parts.allSatisfy(CellText.isDigits) else {
            return .defect(.amountNotNumber)
        }
        let fraction = parts.count == 2 ? parts[1] : ""
        let kept = fraction.prefix(decimals)
        guard fraction.dropFirst(decimals).allSatisfy({ $0 == "0" }) else {
            return .defect(.amountTooPrecise, expected: "\(decimals)")
        }
        let zeros = String(repeating: "0", count: decimals - kept.count)
        guard parts[0].count <= 12, let magnitude = Int(parts[0] + kept + zeros) else {
            return .defect(.countTooLarge, expected: "\(range.upperBound)")
        }
        let units = isNegative ? -magnitude : magnitude
        let unit = RowRule.power(decimals)
        if units > range.upperBound * unit { return .defect(.countTooLarge, expected: "\(range.upperBound)") }
        if units < range.lowerBound * unit {
            return .defect(.countOutOfRange, expected: "\(range.lowerBound)–\(range.upperBound)")
        }
        return .value(.amount(units, decimals: decimals))
    }

    /// 2024-03, 2024/3, 202403, 2024年3月, with or without a first day.
    private func month(_ text: String) -> Outcome {
        guard let month = CalendarText.month(text) else { return .defect(.monthUnreadable) }
        if month < Self.firstMonth { return .defect(.monthOutOfRange, expected: "\(Self.firstMonth)") }
        return month > today.month ? .defect(.monthInFuture, expected: "\(today.month)") : .value(.month(month))
    }

    private func day(_ text: String, _ mayPlan: Bool) -> Outcome {
        guard let day = CalendarText.day(text) else { return .defect(.dateUnreadable) }
        if day < Self.firstDay { return .defect(.dateOutOfRange, expected: "\(Self.firstDay)–\(Self.lastDay)") }
        if !mayPlan, day > today { return .defect(.dateInFuture, expected: "\(today)") }
        if day > Self.lastDay { return .defect(.dateOutOfRange, expected: "\(Self.firstDay)–\(Self.lastDay)") }
        return .value(.day(day))
    }

    private func time(_ text: String) -> Outcome {
        guard let moment = CalendarText.time(text), let day = Day(moment.prefix(10)) else {
            return .defect(.timeUnreadable)
        }
        // Further east it may be tomorrow already.
        return day.number > today.number + 1
            ? .defect(.dateInFuture, expected: "\(today)") : .value(.moment(moment))
    }

    private mutating func site(_ text: String) -> Outcome {
        if let site = codes.sites.site(text) { return .value(.site(site)) }
        if CellText.hasExponent(text) { return .defect(.codeLostDigits) }
        if suggestions.count < Self.mostSuggestions, suggestions[text] == nil {
            suggestions[text] = .some(codes.sites.nearest(text))
        }
        guard case .some(.some(let near)) = suggestions[text] else { return .defect(.siteUnknown) }
        return .defect(.siteUnknownNear, expected: near)
    }

    private func region(_ text: String) -> Outcome {
        codes.region(text).map { .value(.region($0)) } ?? .defect(.regionUnknown)
    }

    private func trial(_ text: String) -> Outcome {
        codes.trial(text).map { .value(.text($0)) } ?? .defect(.trialUnknown)
    }

    /// A number keeps its zeros; one that Excel has turned into 1.2E+17 has lost its digits for good.
    private func client(_ text: String, _ site: Int?) -> Outcome {
        if CellText.hasExponent(text) { return .defect(.codeLostDigits) }
        if text.unicodeScalars.contains(where: \.isControl) { return .defect(.codeUnreadable) }
        guard text.utf8.count <= PlainCell.longestIdentifier else {
            return .defect(.textTooLong, expected: "\(PlainCell.longestIdentifier)")
        }
        guard let site else { return .value(.blank) }
        var bytes = text
        return .value(.client(bytes.withUTF8 { clients.place(site: site, number: $0) }))
    }

    private mutating func code(_ text: String, _ column: Column) -> Outcome {
        if CellText.hasExponent(text) { return .defect(.codeLostDigits) }
        guard text.wholeMatch(of: /[A-Za-z0-9._\-]{1,20}/) != nil else { return .defect(.codeUnreadable) }
        return .value(.text(codes.spelling(of: text, in: column.name)))
    }

    /// The words in the order in which they are declared, each once.
    private func choices(_ text: String, _ known: [String]) -> Outcome {
        let words = text.split { ";；,，、".contains($0) }.map {
            vocabulary.word($0.trimmingCharacters(in: .whitespaces), among: known)
        }
        guard !words.isEmpty, !words.contains(nil) else {
            return .defect(.choiceUnknown, expected: known.joined(separator: "; "))
        }
        return .value(.text(known.filter(words.contains).joined(separator: ";")))
    }

    private func choice(_ text: String, _ known: [String]) -> Outcome {
        if let word = vocabulary.word(text, among: known) { return .value(.text(word)) }
        return .defect(.choiceUnknown, expected: known.joined(separator: ", "))
    }
}

extension Unicode.Scalar {
    var isControl: Bool { value < 0x20 || value == 0x7F }
}
