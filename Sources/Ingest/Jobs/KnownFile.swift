import Crypto
public import Foundation
import Postgres

/// What the database knows of a file's bytes. That is asked there and not of a receipt beside the file: the file may
/// have come another way, under another name, or through another machine.
public struct KnownFile: Sendable, Equatable {
    /// The newest receipt of each table in them (a workbook has one a sheet); one that found nothing to do is none.
    public let receipts: [Int]
    public let outcomes: [Receipt.Outcome]
    /// Somebody is loading them at this moment.
    public let isUnderWay: Bool
    /// Refused whole, and what a file is held against has changed since: the registry and its like, or this program.
    public let isWorthAnotherTry: Bool

    /// Nil for bytes that are new.
    static func find(_ sha256: String, in archive: FileArchive, _ connection: borrowing Connection) throws -> KnownFile?
    {
        guard let file = try archive.find(sha256, connection) else { return nil }
        let rows = try connection.query(statement, ["\(file)"]).map { row in
            (
                number: try row.integer("receipt_id"), outcome: try row.string("outcome"),
                isOutdated: try row.bool("is_outdated")
            )
        }
        guard !rows.isEmpty else { return nil }
        let outcomes = rows.compactMap { Receipt.Outcome(rawValue: $0.outcome) }
        return KnownFile(
            receipts: rows.map(\.number), outcomes: outcomes, isUnderWay: rows.contains { $0.outcome == "started" },
            isWorthAnotherTry: outcomes.allSatisfy { $0 == .refused } && rows.contains(where: \.isOutdated))
    }

    /// SHA-256 of the file from its beginning, in hexadecimal; the handle stands at the beginning again.
    public static func sha256(of handle: FileHandle) throws -> String {
        var hash = SHA256()
        try handle.seek(toOffset: 0)
        while let data = try handle.read(upToCount: ReceivedFile.chunk), !data.isEmpty { hash.update(data: data) }
        try handle.seek(toOffset: 0)
        return hash.finalize().hex()
    }

    /// Each table of the file as it was loaded last; a refusal of the whole file, which knew of no table, counts until one
    /// is loaded. What a file can be held against: the kinds that other kinds refer to, and this program, for whose
    /// newer versions a migration stands.
    private static let statement = """
        with newest as (
            select distinct on (sheet, kind) receipt_id, kind, outcome, finished_at
            from receipt where file_id = $1 and outcome <> 'repeated'
            order by sheet, kind, receipt_id desc
        )
        select c.receipt_id, c.outcome,
               exists (select from receipt r
                       where r.kind in ('sites', 'calendar', 'episodes', 'trials', 'plans', 'allocations', 'participants')
                         and r.rows_inserted + r.rows_changed > 0 and r.finished_at > c.finished_at)
               or exists (select from migration m where m.applied_at > c.finished_at) as is_outdated
        from newest c
        where c.kind is not null or not exists (select from newest later where later.receipt_id > c.receipt_id)
        order by c.receipt_id
        """
}
