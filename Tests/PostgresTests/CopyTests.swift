import Postgres
import TestCluster
import Testing

@Suite struct CopyTests {
    private struct Interrupted: Error {}

    /// A temporary table, and a connection that owns it.
    private func withTable(_ body: (borrowing Connection) throws -> Void) async throws {
        try await TestCluster.withDatabase { database in
            let connection = try database.administration.connect()
            try connection.query("create temporary table outcome (id int primary key, clinic text not null, age int)")
            try body(connection)
        }
    }

    @Test("a row that the server refuses names its line and column, and its cell stays out of the description")
    func refusedRow() async throws {
        try await withTable { connection in
            let error = #expect(throws: PostgresError.self) {
                try connection.copy("copy outcome from stdin (format csv)") { out in
                    try out.write("1,Leeds,40\n2,Leeds,secret-name\n".utf8)
                }
            }
            #expect(error?.sqlState == "22P02")
            #expect(error?.copyLine == 2)
            #expect(error.map { "\($0)".contains("secret-name") } == false)
            let stored = try connection.query("select count(*) from outcome")[0, 0]
            #expect(stored == "0")
        }
    }

    @Test("a producer that throws abandons the copy: its error comes back, nothing is stored, the connection is usable")
    func abandoned() async throws {
        try await withTable { connection in
            #expect(throws: Interrupted.self) {
                try connection.copy("copy outcome from stdin (format csv)") { out in
                    try out.write("1,Leeds,40\n".utf8)
                    throw Interrupted()
                }
            }
            let stored = try connection.query("select count(*) from outcome")[0, 0]
            #expect(stored == "0")
        }
    }

    @Test("a copy longer than the send buffer is stored whole")
    func long() async throws {
        try await withTable { connection in
            let stored = try connection.copy("copy outcome from stdin (format csv)") { out in
                for id in 1...20_000 { try out.write("\(id),Leeds,40\n".utf8) }
            }
            #expect(stored == 20_000)
        }
    }

    @Test("parameters are never spliced: a quote in one is a quote in the database")
    func parameters() async throws {
        try await withTable { connection in
            let hostile = "'); drop table outcome; --"
            try connection.query("insert into outcome values (1, $1, null)", [hostile])
            let clinic = try connection.query("select clinic from outcome")[0, 0]
            #expect(clinic == hostile)
        }
    }
}
