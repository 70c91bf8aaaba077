import Foundation
import Postgres

/// Loads that were killed: their receipts say "started", and nobody holds them. A killed program's database session may
/// hold its receipt for a while longer, at work on what nobody waits for any more.
enum InterruptedLoads {
    /// How often the database looks, while it works for a load, whether that still lives; in milliseconds.
    private static let checkMilliseconds = 500
    /// How long to wait for a receipt that somebody holds, in seconds: some looks of the database, and the undoing of
    /// what a killed load had begun. Whoever holds it still then is alive.
    static let patience = 4.0
    private static let pause = 0.05

    /// Has the database end the session's work soon after the program is gone. Where it cannot (before 14, or on another
    /// system than Linux), a killed load is finished by a later start.
    static func endWithProgram(_ connection: borrowing Connection) {
        _ = try? connection.query("set client_connection_check_interval = \(checkMilliseconds)")
    }

    /// - Parameter isWaiting: told the name of the first file that is waited for.
    /// - Returns: loads to finish, in the order of arrival; their receipts are held by this session now.
    static func take(
        _ connection: borrowing Connection, patience: Double = patience, _ isWaiting: (String) -> Void
    ) throws -> [ReceiptLedger.Arrival] {
        var taken: [ReceiptLedger.Arrival] = []
        var deadline: Date?
        for arrival in try ReceiptLedger.open(connection) {
            var isTaken = try ReceiptLedger.take(arrival.id, connection)
            while !isTaken, try ReceiptLedger.isOpen(arrival.id, connection) {
                if deadline == nil { isWaiting(arrival.name) }
                let end = deadline ?? Date(timeIntervalSinceNow: patience)
                deadline = end
                guard Date() < end else { break }
                Thread.sleep(forTimeInterval: pause)
                isTaken = try ReceiptLedger.take(arrival.id, connection)
            }
            if isTaken { taken.append(arrival) }
        }
        return taken
    }
}
