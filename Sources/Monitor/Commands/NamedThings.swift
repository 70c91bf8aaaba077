import ArgumentParser
import Ingest
import Postgres
import Words

// What a command line names: clinics and receipts, which the database knows, months and days.

/// - Throws: the exit status of a refusal where no clinic has the code, nor has it as an alias.
func namedSite(_ written: String, _ words: Words, _ connection: borrowing Connection) throws -> RegisteredSite {
    guard let site = try RegisteredSite.find(written, connection) else {
        throw refused(words("command.site_unknown", ["site": written]))
    }
    return site
}

/// - Throws: the exit status of a refusal where there is no such receipt.
func requireReceipt(_ number: Int, _ words: Words, _ connection: borrowing Connection) throws {
    let known = try connection.query("select from receipt where receipt_id::bigint = $1", ["\(number)"])
    guard known.count == 1 else { throw refused(words("problem.unknown_receipt")) }
}

func namedMonth(_ text: String) throws -> Month {
    guard text.count == 7, let month = Month(text) else {
        throw ValidationError("\"\(text)\" is no month: write it as in 2026-08.")
    }
    return month
}

func namedDay(_ text: String) throws -> Day {
    guard let day = Day(text) else { throw ValidationError("\"\(text)\" is no day: write it as in 2026-08-31.") }
    return day
}
