import Foundation
import Postgres
import TestCluster
import Testing

@Suite(.serialized) struct PrivateClusterTests {
    private func pid(_ folder: URL) throws -> pid_t? {
        let file = folder.appending(path: "pg/postmaster.pid")
        guard let text = try? String(contentsOf: file, encoding: .utf8) else { return nil }
        return text.split(separator: "\n").first.flatMap { pid_t($0) }
    }

    private func isAlive(_ process: pid_t) -> Bool {
        let stat = (try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)) ?? ""
        return !stat.isEmpty && stat.split(separator: ")").last?.hasPrefix(" Z") != true
    }

    @Test("a cluster is made, shared by a second user, stopped by the last, and recovers from a kill")
    func life() async throws {
        try await TestCluster.withFolder { folder in
            let first = try PrivateCluster(folder: folder)
            let second = try PrivateCluster(folder: folder)
            try first.server(login: "postgres").connect().query("create table kept (n int)")

            try first.leave()
            let running = try #require(try pid(folder))
            #expect(try second.server(login: "postgres").connect().query("select count(*) from kept")[0, 0] == "0")
            try second.leave()
            #expect(try pid(folder) == nil)
            #expect(!isAlive(running))

            let third = try PrivateCluster(folder: folder)
            kill(try #require(try pid(folder)), SIGKILL)
            try await Task.sleep(for: .milliseconds(300))
            let fourth = try PrivateCluster(folder: folder)
            #expect(try fourth.server(login: "postgres").connect().query("select count(*) from kept")[0, 0] == "0")
            try third.leave()
            try fourth.leave()
            #expect(try pid(folder) == nil)
        }
    }

    @Test("a path that is too long for a socket is refused with its limit")
    func longPath() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: String(repeating: "x", count: 120))
        let error = #expect(throws: ClusterError.self) { try PrivateCluster(folder: folder) }
        #expect(error.map { "\($0)".contains("at most 89 bytes") } == true)
    }
}
