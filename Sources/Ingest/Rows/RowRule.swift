/// A rule that refuses a row, or asks a question of it, by what stands in the row itself. Kinds declare theirs.
enum RowRule: Sendable, Equatable {
    /// The second day is not before the first.
    case order(String, String)
    /// The first column is filled in where the second is.
    case needs(String, for: String)
    /// At most one of the two is filled in.
    case oneOf(String, String)
    /// Not zero: nothing was given, and so nothing is to be written.
    case positive(String)
    /// A day or month in which the clinic existed: another is a slip, and would stretch every time axis.
    case notBeforeOpening(String)
    /// The code and the aliases of a clinic belong to no other one.
    case freeCodes
    /// The first and the last day of a clinic do not pass what lies between them in its calendar.
    case withinCalendar(String, String)
    /// There is a value exactly where another column says so.
    case valueExactlyWhen(String, is: String)
    /// The method is one for the outcome's scale: a plan must be carried out as it is written, or not be taken.
    case methodFits([String: [String]])
    /// Not a training of one clinic of a trial while it runs: it would tell the clinic's arm to everybody.
    case tellsNoArm
    /// A question, not a refusal: a value that is possible and rare.
    case unusual(String, above: Int)

    /// - Returns: what breaks the rule; nothing where it holds or a blank leaves it open.
    func defects(in row: ParsedRow, _ registry: SiteRegistry) -> [Defect] {
        switch self {
        case .order(let first, let second): order(row, first, second)
        case .needs(let needed, let present): needs(row, needed, present)
        case .oneOf(let first, let second): oneOf(row, first, second)
        case .positive(let column): positive(row, column)
        case .notBeforeOpening(let column): beforeOpening(row, column, registry)
        case .freeCodes: codesTaken(row, registry)
        case .withinCalendar(let opening, let closing): outsideCalendar(row, opening, closing, registry)
        case .valueExactlyWhen(let column, let word): valueExactly(row, column, word)
        case .methodFits(let methods): methodUnfit(row, methods)
        case .tellsNoArm: trainingInTrial(row, registry)
        case .unusual(let column, let most): unusual(row, column, most)
        }
    }

    private func order(_ row: ParsedRow, _ first: String, _ second: String) -> [Defect] {
        guard case .day(let early) = row[first], case .day(let late) = row[second], late < early else { return [] }
        return [
            Defect(
                line: row.line, column: second, value: row.written(second), code: .dateOrder, expected: "\(early)")
        ]
    }

    private func needs(_ row: ParsedRow, _ needed: String, _ present: String) -> [Defect] {
        guard row[present] != .blank, row[needed] == .blank else { return [] }
        return [Defect(line: row.line, column: needed, value: nil, code: .valueMissing)]
    }

    private func oneOf(_ row: ParsedRow, _ first: String, _ second: String) -> [Defect] {
        guard row[first] != .blank, row[second] != .blank else { return [] }
        return [Defect(line: row.line, column: second, value: nil, code: .oneTooMany, expected: first)]
    }

    private func positive(_ row: ParsedRow, _ column: String) -> [Defect] {
        guard case .amount(0, _) = row[column] else { return [] }
        return [Defect(line: row.line, column: column, value: row.written(column), code: .amountZero)]
    }

    private func beforeOpening(_ row: ParsedRow, _ column: String, _ registry: SiteRegistry) -> [Defect] {
        guard case .site(let site) = row["site"], let day = row[column].firstDay,
            let opening = registry.opening(of: site), day < opening.first
        else { return [] }
        return [
            Defect(
                line: row.line, column: column, value: row.written(column), code: .monthBeforeOpening,
                expected: opening.description)
        ]
    }

    private func codesTaken(_ row: ParsedRow, _ registry: SiteRegistry) -> [Defect] {
        row.claims.compactMap { claim in
            guard let holder = registry.site(claim.code), let code = registry.code(of: holder),
                claim.column == "site" ? registry.isAlias(claim.code) : holder != registry.site(claim.clinic)
            else { return nil }
            return claim.defect(line: row.line, holder: code)
        }
    }

    private func outsideCalendar(
        _ row: ParsedRow, _ opening: String, _ closing: String, _ registry: SiteRegistry
    ) -> [Defect] {
        guard case .text(let code) = row["site"], !registry.isAlias(code), let site = registry.site(code),
            let bounds = registry.calendarBounds(of: site)
        else { return [] }
        var defects: [Defect] = []
        if case .day(let day) = row[opening], day > bounds.opensBy {
            defects.append(
                Defect(
                    line: row.line, column: opening, value: row.written(opening), code: .openingTooLate,
                    expected: "\(bounds.opensBy)"))
        }
        if case .day(let day) = row[closing], day < bounds.closesFrom {
            defects.append(
                Defect(
                    line: row.line, column: closing, value: row.written(closing), code: .dateOrder,
                    expected: "\(bounds.closesFrom)"))
        }
        return defects
    }

    private func valueExactly(_ row: ParsedRow, _ column: String, _ word: String) -> [Defect] {
        let isWanted = row[column] == .text(word)
        guard isWanted == (row["value"] == .blank) else { return [] }
        return isWanted
            ? [Defect(line: row.line, column: "value", value: nil, code: .valueMissing, expected: word)]
            : [
                Defect(
                    line: row.line, column: "value", value: row.written("value"), code: .valueUnwanted,
                    expected: row[column].text)
            ]
    }

    private func methodUnfit(_ row: ParsedRow, _ methods: [String: [String]]) -> [Defect] {
        guard let method = row["method"].text, let fitting = row["scale"].text.flatMap({ methods[$0] }),
            !fitting.contains(method)
        else { return [] }
        return [
            Defect(
                line: row.line, column: "method", value: method, code: .methodUnfit,
                expected: fitting.joined(separator: ", "))
        ]
    }

    private func trainingInTrial(_ row: ParsedRow, _ registry: SiteRegistry) -> [Defect] {
        guard row["kind"] == .text("training"), case .site(let site) = row["site"],
            case .day(let day) = row["happened_on"], registry.isInTrial(site, on: day)
        else { return [] }
        return [Defect(line: row.line, column: "site", value: nil, code: .tellsArm)]
    }

    private func unusual(_ row: ParsedRow, _ column: String, _ most: Int) -> [Defect] {
        guard case .amount(let units, let decimals) = row[column], units > most * Self.power(decimals) else {
            return []
        }
        return [
            Defect(
                line: row.line, column: column, value: row.written(column), code: .amountUnusual, expected: "\(most)")
        ]
    }

    static func power(_ decimals: Int) -> Int { (0..<decimals).reduce(1) { power, _ in power * 10 } }
}
