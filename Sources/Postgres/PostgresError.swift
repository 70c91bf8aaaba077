import CLibPQ
import Foundation

/// What went wrong at the database, in PostgreSQL's own terms.
///
/// `description` is safe to log and to send: the server's texts quote cells, so they stay out of it.
public struct PostgresError: Error, Sendable, Equatable {
    /// The five-character SQLSTATE; nil when libpq itself failed (no answer from a server).
    public let sqlState: String?
    public let table: String?
    public let column: String?
    public let constraint: String?
    /// The line of a COPY that was refused, counted from 1 in what was sent.
    public let copyLine: Int?
    /// libpq's own text about a connection: names host and login, never a cell. Nil for errors of a statement.
    public let connectionText: String?
    /// The server's text. It may quote a cell: for a developer's terminal, never for a log or an answer.
    public let privateText: String

    init(connectionText: String) {
        self.init(sqlState: nil, privateText: connectionText, connectionText: connectionText)
    }

    init(sqlState: String?, privateText: String, connectionText: String? = nil) {
        self.sqlState = sqlState
        self.table = nil
        self.column = nil
        self.constraint = nil
        self.copyLine = nil
        self.connectionText = connectionText
        self.privateText = privateText
    }

    init(_ result: OpaquePointer) {
        // Codes of PQresultErrorField (PG_DIAG_…): single characters that the C macros hide from Swift.
        func field(_ code: Unicode.Scalar) -> String? {
            PQresultErrorField(result, Int32(code.value)).map { String(cString: $0) }
        }
        sqlState = field("C")
        table = field("t")
        column = field("c")
        constraint = field("n")
        copyLine = field("W").flatMap(Self.lineOfCopy)
        connectionText = nil
        privateText = [field("M"), field("D"), field("W")].compactMap(\.self).joined(separator: " | ")
    }

    /// The number in "COPY staging, line 3, column opening: …".
    private static func lineOfCopy(_ context: String) -> Int? {
        guard let start = context.range(of: ", line ") else { return nil }
        return Int(context[start.upperBound...].prefix { $0.isNumber })
    }
}

extension PostgresError {
    /// Whether a value or a constraint was at fault (SQLSTATE classes 22 and 23), and not the machinery.
    public var isAboutData: Bool { sqlState.map { $0.hasPrefix("22") || $0.hasPrefix("23") } ?? false }
    /// Whether the server or the way to it was at fault (class 57, 08 or no answer at all).
    public var isAboutServer: Bool { sqlState.map { $0.hasPrefix("57") || $0.hasPrefix("08") } ?? true }
}

extension PostgresError: CustomStringConvertible {
    public var description: String {
        if let connectionText {
            return "PostgreSQL cannot be reached: \(connectionText.trimmingNewlines)"
        }
        let place = [
            table.map { "table \($0)" }, column.map { "column \($0)" }, constraint.map { "constraint \($0)" },
            copyLine.map { "line \($0)" },
        ].compactMap(\.self)
        return (["PostgreSQL error \(sqlState ?? "in libpq")"] + place).joined(separator: ", ")
    }
}

extension String {
    fileprivate var trimmingNewlines: String { split(whereSeparator: \.isNewline).joined(separator: " ") }
}
