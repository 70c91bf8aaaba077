import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Ingest
import Logging
import Postgres
import TestCluster
import Testing

@testable import Monitor

/// Files sent over HTTP, and the metrics that tell of them.
@Suite struct UploadTests {
    private static let report = ProgrammeFiles.header + "QS-001,2026-09,100,4,1,0,5,100,80,20\n"

    private struct Sender: Sendable {
        let client: any TestClientProtocol
        let token: String

        @discardableResult
        func send(_ text: String, _ query: String = "name=a.csv", _ headers: HTTPFields = [:]) async throws
            -> TestResponse
        {
            var fields: HTTPFields = [.authorization: "Bearer \(token)"]
            for header in headers { fields[header.name] = header.value }
            return try await client.execute(
                uri: "/api/v1/loads?\(query)", method: .post, headers: fields, body: ByteBuffer(string: text))
        }
    }

    private func withSender(
        largest: Int = 1_000_000, queue: UploadQueue = UploadQueue(),
        _ body: @Sendable @escaping (TestDatabase, Sender) async throws -> Void
    ) async throws {
        try await TestCluster.withDatabase { database in
            try await database.load(ProgrammeFiles.sites)
            let token = try LoadTokens(server: database.administration).add("li", source: "yunnan")
            let threads = Database(database.web, threads: 1)
            defer { threads.close() }
            let catalogues = try TestCluster.catalogues()
            let server = WebServer(
                api: API(dashboard: Dashboard(database: threads, sql: TestCluster.sql), catalogues: catalogues),
                site: try StaticSite(TestCluster.web), catalogues: catalogues,
                uploads: Uploads(
                    ingest: database.ingest, loader: try database.loader(),
                    returned: { words in
                        ReturnedFiles(
                            returned: ReturnedFile(
                                pseudonyms: nil, vocabulary: Vocabulary(catalogues), words: words), words: words,
                            server: database.ingest)
                    }, catalogues: catalogues, largest: largest, queue: queue))
            let application = Application(
                router: server.router(), logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            try await application.test(.router) { try await body(database, Sender(client: $0, token: token)) }
        }
    }

    private struct Answer: Decodable {
        struct Receipt: Decodable {
            let receipt: Int?
            let outcome, file: String
            let rejected: Int
        }
        let outcome: String
        let dryRun: Bool
        let receipts: [Receipt]
    }

    private func answer(_ response: TestResponse) throws -> Answer {
        try JSONDecoder().decode(Answer.self, from: Data(response.body.readableBytesView))
    }

    @Test("the status and the receipts say the same: loaded, known, partly, refused, tried")
    func outcomes() async throws {
        try await withSender { database, sender in
            let dry = try await sender.send(Self.report, "name=a.csv&dry_run=true")
            #expect(dry.status == .ok)
            #expect(try answer(dry).dryRun && answer(dry).receipts.first?.receipt == nil)
            #expect(try database.value("select count(*) from mmt.receipt") == "1", "the registry's alone")

            let loaded = try await sender.send(Self.report)
            #expect(loaded.status == .created)
            let number = try #require(try answer(loaded).receipts.first?.receipt)
            #expect(loaded.headers[.location] == "/api/v1/receipts/\(number)")
            #expect(
                try database.value("select source || ' ' || sender from mmt.receipt where receipt_id = \(number)")
                    == "yunnan li")

            let again = try await sender.send(Self.report, "name=b.csv")
            #expect(again.status == .ok)
            #expect(try answer(again).outcome == "repeated")

            let partly = try await sender.send(Self.report + "NO-1,2026-09,1,0,0,0,0,1,,\n")
            #expect(partly.status.code == 207)
            #expect(try answer(partly).outcome == "partly_loaded" && answer(partly).receipts.first?.rejected == 1)

            let refused = try await sender.send("Dear colleagues")
            #expect(refused.status == .unprocessableContent)
            #expect(try answer(refused).outcome == "refused")
        }
    }

    @Test("only the holder of a token is heard, and nothing of anybody else is kept")
    func tokens() async throws {
        try await withSender { database, sender in
            for authorization in ["", "Bearer", "Bearer x", "Basic \(sender.token)", "Bearer \(sender.token)x"] {
                let response = try await sender.send(Self.report, "name=a.csv", [.authorization: authorization])
                #expect(response.status == .unauthorized)
                #expect(response.headers[.wwwAuthenticate] == "Bearer realm=\"mmt\"")
            }
            #expect(try LoadTokens(server: database.administration).revoke("li"))
            #expect(try await sender.send(Self.report).status == .unauthorized)
            #expect(try database.value("select count(*) from mmt.receipt") == "1")
        }
    }

    @Test("the loader recognises tokens and cannot make them; the daemon and analysts do not even see them")
    func tokenRights() async throws {
        try await TestCluster.withDatabase { database in
            let token = try LoadTokens(server: database.administration).add("li", source: "yunnan")
            let loader = try database.ingest.connect()
            #expect(
                try LoadTokens.holder(of: token, loader)
                    == LoadTokens.Holder(name: "li", source: "yunnan", registers: false))
            #expect(throws: PostgresError.self) {
                try loader.query("insert into load_token (name, sha256) values ('x', 'y')")
            }
            #expect(throws: PostgresError.self) { try loader.query("update load_token set revoked_at = null") }
            #expect(throws: PostgresError.self) { try database.web.connect().query("select * from load_token") }
            #expect(throws: LoadTokens.Refused.self) {
                try LoadTokens(server: database.administration).add("li", source: "x")
            }
            #expect(try LoadTokens(server: database.administration).revoke("li"))
            #expect(try LoadTokens.holder(of: token, loader) == nil)
        }
    }

    @Test("what cannot be understood is refused before anything is loaded")
    func heads() async throws {
        try await withSender(largest: 1000) { database, sender in
            let (long, form) = (String(repeating: "x", count: 1001), "multipart/form-data; boundary=x")
            let refusals: [(TestResponse, Int, String)] = [
                (try await sender.send(Self.report, ""), 400, "name_missing"),
                (try await sender.send(Self.report, "name=%2E.%2F"), 400, "name_missing"),
                (try await sender.send(Self.report, "name=a.csv&dryrun=true"), 400, "unreadable_parameter"),
                (try await sender.send(Self.report, "name=a.csv&dry_run=yes"), 400, "unreadable_parameter"),
                (try await sender.send(Self.report, "name=a.csv", [.contentType: form]), 415, "not_the_file_itself"),
                (
                    try await sender.send(Self.report, "name=a.csv", [.contentEncoding: "gzip"]), 415,
                    "not_the_file_itself"
                ),
                (try await sender.send(long), 413, "file_too_large"),
            ]
            for (response, status, code) in refusals {
                #expect(response.status.code == status)
                #expect(String(buffer: response.body).contains(code))
            }
            #expect(try database.value("select count(*) from mmt.receipt") == "1")
            try await sender.client.execute(uri: "/api/v1/loads", method: .get) { response in
                #expect(response.status == .methodNotAllowed && response.headers[.allow] == "POST")
            }
        }
    }

    @Test("where all places are taken a sender is told when to come again")
    func busy() async throws {
        try await withSender(queue: UploadQueue(places: 0)) { _, sender in
            let response = try await sender.send(Self.report)
            #expect(response.status == .serviceUnavailable && response.headers[.retryAfter] == "30")
        }
    }

    @Test("many at once are loaded one after the other, each with its receipt")
    func together() async throws {
        try await withSender { database, sender in
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for month in 1...6 {
                    let report = ProgrammeFiles.header + "QS-001,2026-0\(month),100,4,1,0,5,100,80,20\n"
                    group.addTask { try await sender.send(report, "name=\(month).csv").status.code }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses == Array(repeating: 201, count: 6))
            #expect(try database.value("select count(*) from mmt.current_report") == "6")
        }
    }

    @Test(
        "a file's name is read from the header as senders write it",
        arguments: [
            ("attachment; filename=\"a b.csv\"", "a b.csv"), ("attachment; filename=a.csv", "a.csv"),
            ("attachment; filename=\"x.csv\"; filename*=UTF-8''%E4%BA%8C%E6%9C%88.csv", "二月.csv"),
            ("attachment; filename=\"a\\\"b.csv\"", "a\"b.csv"), ("inline", nil),
        ])
    func names(_ disposition: String, _ name: String?) {
        #expect(UploadHead.fileName(disposition) == name)
    }

    @Test("metrics count what arrived and what is silent, in Prometheus' format, and name no place")
    func metrics() async throws {
        try await withSender { database, sender in
            try await sender.send(Self.report + "QS-001,2026-08,,,,,,90,,\nNO-1,2026-09,1,0,0,0,0,1,,\n")
            try await sender.client.execute(uri: "/metrics", method: .get) { response in
                #expect(response.headers[.contentType] == "text/plain; version=0.0.4; charset=utf-8")
                let lines = String(buffer: response.body).split(separator: "\n").map(String.init)
                for line in [
                    "mmt_receipts_total{outcome=\"partly_loaded\"} 1", "mmt_receipts_total{outcome=\"refused\"} 0",
                    "mmt_rows_total{fate=\"inserted\"} 5", "mmt_quarantine_open_rows 1", "mmt_data_version 2",
                    "mmt_job_alert{job=\"inbox\"} 1", "mmt_flags_open{code=\"opening_is_not_last_closing\"} 1",
                ] { #expect(lines.contains(line), "\(line)") }
                #expect(
                    lines.allSatisfy {
                        $0.wholeMatch(of: /# (HELP|TYPE) .+|mmt_[a-z_]+(\{[a-z]+="[a-z_0-9]+"\})? [0-9]+/) != nil
                    })
                #expect(!lines.joined().contains("QS"))
                #expect(!lines.contains { $0.hasPrefix("mmt_job_last_run") }, "no run yet: no time, rather than 1970")
            }
        }
    }
}
