/// A code under which a row of the registry says that a clinic's reports arrive: its own, or an alias.
struct CodeClaim {
    /// The column that it stands in.
    let column: String
    let code: String
    /// The clinic's own code.
    let clinic: String

    func defect(line: Int, holder: String) -> Defect {
        Defect(line: line, column: column, value: code, code: .aliasTaken, expected: holder)
    }
}

extension ParsedRow {
    /// The codes that a row of the registry claims; none of another kind.
    var claims: [CodeClaim] {
        guard kind.key == ["site"], case .text(let clinic) = self["site"] else { return [] }
        let aliases = if case .text(let text) = self["aliases"] { text } else { "" }
        return [CodeClaim(column: "site", code: clinic, clinic: clinic)]
            + aliases.split(separator: "|").map { String($0).trimmed }.filter { !$0.isEmpty }
            .map { CodeClaim(column: "aliases", code: $0, clinic: clinic) }
    }
}

/// The codes that the rows of one registry have claimed so far: each may mean one clinic.
struct ClaimedCodes {
    /// The clinic's own code, by each in one spelling.
    private var holders: [String: String] = [:]

    /// What a row claims that a row above it has claimed for another clinic.
    func defects(in row: ParsedRow) -> [Defect] {
        row.claims.compactMap { claim in
            guard let holder = holders[SiteRegistry.folded(claim.code)],
                SiteRegistry.folded(holder) != SiteRegistry.folded(claim.clinic)
            else { return nil }
            return claim.defect(line: row.line, holder: holder)
        }
    }

    mutating func remember(_ row: ParsedRow) {
        for claim in row.claims { holders[SiteRegistry.folded(claim.code)] = claim.clinic }
    }
}
