import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import Postgres
import TestCluster
import Testing

@testable import Monitor

@Suite struct WebServerTests {
    private func withClient(_ body: @Sendable @escaping (any TestClientProtocol) async throws -> Void) async throws {
        try await TestCluster.withDatabase { database in
            try await database.load(ProgrammeFiles.sites)
            try await database.load(ProgrammeFiles.reports)
            let threads = Database(database.web, threads: 2)
            defer { threads.close() }
            let catalogues = try TestCluster.catalogues()
            let dashboard = Dashboard(database: threads, sql: TestCluster.sql)
            let server = WebServer(
                api: API(dashboard: dashboard, catalogues: catalogues),
                site: try StaticSite(TestCluster.web), catalogues: catalogues)
            let application = Application(
                router: server.router(), logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            try await application.test(.router, body)
        }
    }

    private static let addresses: [(path: String, status: Int, type: String)] = [
        ("/", 200, "text/html"), ("/sites/QS-001", 200, "text/html"), ("/regions/QS", 200, "text/html"),
        ("/data", 200, "text/html"), ("/definitions", 200, "text/html"),
        ("/words/zh/page.json", 200, "application/json"),
        ("/health", 200, "application/json"), ("/api/v1/programme", 200, "application/json"),
        ("/api/v1/sites", 200, "application/json"), ("/api/v1/sites.csv", 200, "text/csv"),
        ("/api/v1/sites/QS-001", 200, "application/json"),
        ("/api/v1/sites/QS-001/series/dropout_rate.csv", 200, "text/csv"),
        ("/api/v1/receipts/2", 200, "application/json"), ("/api/v1/definitions", 200, "application/json"),
        ("/api/v1/sites/NO", 404, "application/json"), ("/api/v1/sites/QS-001/series/no", 404, "application/json"),
        ("/api/v1/receipts/9999999999999", 404, "application/json"),
        ("/api/v1/programme?month=March", 400, "application/json"),
        ("/api/v1/programme?month=1999-01", 404, "application/json"), ("/nowhere", 404, "application/json"),
        ("/../Package.swift", 404, "application/json"), ("/%2e%2e/Package.swift", 404, "application/json"),
        ("/api/v1/sites/'%3B%20drop%20table%20site", 404, "application/json"),
    ]

    @Test("every kind of address answers with its status, its type and the security headers")
    func answers() async throws {
        try await withClient { client in
            for address in Self.addresses {
                try await client.execute(uri: address.path, method: .get) { response in
                    #expect(response.status.code == address.status, "\(address.path)")
                    #expect(response.headers[.contentType]?.hasPrefix(address.type) == true, "\(address.path)")
                    #expect(response.headers[.contentSecurityPolicy]?.hasPrefix("default-src 'none'") == true)
                    #expect(response.headers[.xContentTypeOptions] == "nosniff")
                }
            }
        }
    }

    @Test("an answer that the client has is not sent again; another language is another answer")
    func tags() async throws {
        try await withClient { client in
            let english = try await client.execute(uri: "/api/v1/programme", method: .get) { $0.headers[.eTag] }
            let tag = try #require(english)
            try await client.execute(uri: "/api/v1/programme", method: .get, headers: [.ifNoneMatch: tag]) { response in
                #expect(response.status == .notModified)
                #expect(response.body.readableBytes == 0)
            }
            try await client.execute(
                uri: "/api/v1/programme", method: .get, headers: [.ifNoneMatch: tag, .acceptLanguage: "zh"]
            ) {
                #expect($0.status == .ok)
                #expect(String(buffer: $0.body).contains("全项目"))
            }
        }
    }

    @Test("a compressed answer is the plain one, smaller")
    func gzip() async throws {
        try await withClient { client in
            let plain = try await client.execute(uri: "/api/v1/programme", method: .get) { $0.body.readableBytes }
            try await client.execute(uri: "/api/v1/programme", method: .get, headers: [.acceptEncoding: "gzip"]) {
                response in
                #expect(response.headers[.contentEncoding] == "gzip")
                #expect(response.body.readableBytes * 2 < plain)
            }
        }
    }

    @Test("a wrong method is refused with what is allowed, in the shape of every error")
    func method() async throws {
        try await withClient { client in
            try await client.execute(uri: "/api/v1/programme", method: .post) { response in
                #expect(response.status == .methodNotAllowed)
                #expect(response.headers[.allow] == "GET, HEAD")
                let body = String(buffer: response.body)
                #expect(body.contains("\"wrong_method\""))
            }
        }
    }

    @Test("a browser that loses its way is shown a page, a program an error")
    func missing() async throws {
        try await withClient { client in
            try await client.execute(uri: "/nowhere", method: .get, headers: [.accept: "text/html"]) { response in
                #expect(response.status == .notFound)
                #expect(response.headers[.contentType]?.hasPrefix("text/html") == true)
            }
        }
    }

    @Test("text that could be a formula is inert in the file, numbers stay numbers")
    func formulas() {
        let text = CSVFile.text(
            keys: ["a", "b"],
            rows: [["a": .text("=1+1"), "b": .number(-2.5)], ["a": .text("x,\"y\""), "b": .missing]])
        #expect(text == "\u{FEFF}a,b\r\n'=1+1,-2.5\r\n\"x,\"\"y\"\"\",\r\n")
    }
}
