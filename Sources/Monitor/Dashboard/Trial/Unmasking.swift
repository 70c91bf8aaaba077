import Postgres

/// Uncovers the arms of a trial for the reader, and writes down why; hides them again. The database decides who may, and keeps the
/// reason and both moments.
enum Unmasking {
    enum Refusal: Error {
        case mayNot, noReason, unknownTrial
    }
}

extension Dashboard {
    /// - Returns: until when the arms are uncovered.
    /// - Throws: `Unmasking.Refusal`.
    @discardableResult
    func unmask(_ code: String, reason: String) async throws -> String {
        try await change(
            "select to_char(programme_time(unmask($1, $2)), 'YYYY-MM-DD HH24:MI') as told", [code, reason])
    }

    /// Hides them from the reader again, before that.
    /// - Returns: how many looks it ended.
    /// - Throws: `Unmasking.Refusal`.
    @discardableResult
    func mask(_ code: String) async throws -> Int {
        Int(try await change("select mask($1) as told", [code])) ?? 0
    }

    private func change(_ statement: String, _ parameters: [String?]) async throws -> String {
        let account = reader.account
        return try await reader.database.run { connection in
            try connection.transaction { connection in
                try connection.query(Reader.standIn, [account])
                do {
                    return try connection.query(statement, parameters).first { try $0.string("told") } ?? ""
                } catch let error as PostgresError {
                    switch error.sqlState {
                    case "42501": throw Unmasking.Refusal.mayNot
                    case "23514": throw Unmasking.Refusal.noReason
                    case "P0002": throw Unmasking.Refusal.unknownTrial
                    default: throw error
                    }
                }
            }
        }
    }
}
