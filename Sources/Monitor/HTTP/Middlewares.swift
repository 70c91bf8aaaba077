import HTTPTypes
import Hummingbird
import Logging
import Words

/// What every answer carries: nothing from elsewhere, nothing inline, no framing, no guessing of types.
struct SecurityHeaders<Context: RequestContext>: RouterMiddleware {
    static var policy: String {
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
            + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    }

    private let fields: [(HTTPField.Name, String)] = [
        ("Content-Security-Policy", policy), ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "no-referrer"), ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
    ].compactMap { name, value in HTTPField.Name(name).map { ($0, value) } }

    func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        for (name, value) in fields { response.headers[name] = value }
        return response
    }
}

/// Turns whatever was thrown into the one shape of errors, in the reader's language.
struct ProblemAnswers<Context: RequestContext>: RouterMiddleware {
    let catalogues: Catalogues

    func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        do {
            if request.uri.path == Uploads.path {
                guard request.method == .post else { throw Problem.postOnly }
            } else if UnmaskingRequest(path: request.uri.path) != nil {
                guard request.method == .post || request.method == .delete else { throw Problem.reasonsOnly }
            } else {
                guard request.method == .get || request.method == .head else { throw Problem.wrongMethod }
            }
            return try await next(request, context)
        } catch {
            let problem = Problem.of(error)
            if problem.status == .internalServerError || problem.status == .serviceUnavailable {
                context.logger.error("answer failed", metadata: ["reason": "\(error)"])
            }
            return try problem.response(to: request, catalogues[Language(of: request)])
        }
    }
}

/// One line for each answer: no address of the reader, no query.
struct AccessLog<Context: RequestContext>: RouterMiddleware {
    func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        let response = try await next(request, context)
        let milliseconds = start.duration(to: .now) / .milliseconds(1)
        context.logger.info(
            "answered",
            metadata: [
                "method": "\(request.method)", "path": "\(request.uri.path)", "status": "\(response.status.code)",
                "ms": "\((milliseconds * 10).rounded() / 10)",
            ])
        return response
    }
}

extension Language {
    /// What the address asks for (`lang`), or else what the reader accepts.
    init(of request: Request) {
        let asked = request.uri.queryParameters["lang"].flatMap { Language(rawValue: String($0)) }
        self = asked ?? Language(accepting: request.headers[.acceptLanguage])
    }
}
