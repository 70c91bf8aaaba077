import Postgres
import TestCluster
import Testing

@Suite struct DatabaseTests {
    @Test("after a restart of the server the first request is answered too: its thread connects anew")
    func reconnects() async throws {
        try await TestCluster.withDatabase { database in
            let threads = Database(database.web, threads: 1)
            defer { threads.close() }
            let ask: @Sendable (borrowing Connection) throws -> String? = {
                try $0.query("select pg_backend_pid() as pid").first { try $0.string("pid") }
            }
            let before = try await threads.run(ask)
            let ended = try database.value("select pg_terminate_backend($1::int)", [before])
            #expect(ended == "t")
            let after = try await threads.run(ask)
            #expect(after != before)
        }
    }

    @Test("an error of the statement is not tried again")
    func statementErrors() async throws {
        try await TestCluster.withDatabase { database in
            let threads = Database(database.web, threads: 1)
            defer { threads.close() }
            await #expect(throws: PostgresError.self) {
                try await threads.run { connection in _ = try connection.query("select 1/0") }
            }
        }
    }

    @Test("a connection string that cannot be read is not quoted: it may hold a password")
    func malformed() throws {
        do {
            _ = try Server(conninfo: "postgresql://mmt:se:cr et@host:port:/x").connect()
            Issue.record("it was accepted")
        } catch {
            #expect(!"\(error)\(error.privateText)".contains("cr et"))
        }
    }
}
