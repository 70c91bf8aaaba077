import Foundation
import HTTPTypes
import Hummingbird
import Logging
import Postgres
import Words

/// The HTTP daemon: the pages, and the API that they speak to.
struct WebServer: Sendable {
    let api: API
    let site: StaticSite
    let catalogues: Catalogues
    /// Nil where no files are taken.
    var uploads: Uploads?

    func router() -> Router<BasicRequestContext> {
        let router = Router(context: BasicRequestContext.self, options: .autoGenerateHeadEndpoints)
        router.add(middleware: AccessLog())
        router.add(middleware: SecurityHeaders())
        router.add(middleware: ProblemAnswers(catalogues: catalogues))
        router.get("/health") { request, _ in
            let version = try await api.dashboard.dataCut().version
            return try Document.json(["status": "ok", "dataVersion": "\(version)"], tag: nil).response(to: request)
        }
        router.get("/metrics") { request, _ in
            let sql = api.dashboard.counts.sql
            let text = try await api.dashboard.reader.read { try MonitoringText(sql: sql).text($0) }
            return Document([UInt8](text.utf8), contentType: MonitoringText.contentType, tag: nil).response(to: request)
        }
        router.post("\(Uploads.path)") { request, context in
            guard let uploads else { throw Problem.loadsNotTaken }
            return try await uploads.take(request, context.logger)
        }
        // A path of its own would hide the wildcard below from what begins like it.
        router.post("/api/v1/**") { request, _ in
            guard let unmasking = UnmaskingRequest(path: request.uri.path) else { throw Problem.wrongMethod }
            return try await unmasking.take(request, api.dashboard)
        }
        router.delete("/api/v1/**") { request, _ in
            guard let unmasking = UnmaskingRequest(path: request.uri.path) else { throw Problem.wrongMethod }
            return try await unmasking.end(request, api.dashboard)
        }
        router.get("/api/v1/**") { request, _ in
            let path = String(request.uri.path.dropFirst("/api/v1/".count))
            guard let wanted = ReturnedAddress(path: path) else { return try await api.answer(request, path: path) }
            guard let uploads else { throw Problem.loadsNotTaken }
            return try await uploads.giveBack(wanted, request)
        }
        router.get("/**") { request, _ in try page(request) }
        router.get("/") { request, _ in try page(request) }
        return router
    }

    private func page(_ request: Request) throws -> Response {
        if let document = site.document(request.uri.path) { return document.response(to: request) }
        guard request.headers[.accept]?.contains("text/html") == true, let missing = site.missing else {
            throw Problem.unknownAddress
        }
        return missing.response(to: request, status: .notFound)
    }

    /// - Parameter running: called with the port once the daemon listens.
    func application(
        host: String, port: Int, logger: Logger, running: @escaping @Sendable (Int) -> Void = { _ in }
    ) -> some ApplicationProtocol {
        Application(
            router: router(), server: .http1(configuration: .init(idleTimeout: .seconds(60))),
            configuration: .init(address: .hostname(host, port: port), serverName: "mmt"),
            onServerRunning: { channel in running(channel.localAddress?.port ?? port) }, logger: logger)
    }
}
