import HTTPTypes
import Hummingbird
import Postgres
import Words

/// Everything that an answer can be instead of what was asked for. The status is decided here and nowhere else;
/// the words are in the catalogues under `problem.<code>` and `problem.<code>.remedy`.
struct Problem: Error, Sendable {
    let code: String
    let status: HTTPResponse.Status
    var values: [String: String] = [:]

    static let unknownAddress = Problem(code: "unknown_address", status: .notFound)
    static let unknownPlace = Problem(code: "unknown_place", status: .notFound)
    static let unknownReceipt = Problem(code: "unknown_receipt", status: .notFound)
    static let unknownPanel = Problem(code: "unknown_panel", status: .notFound)
    static let unreadableMonth = Problem(code: "unreadable_month", status: .badRequest)
    static let monthWithoutData = Problem(code: "month_without_data", status: .notFound)
    static let wrongMethod = Problem(code: "wrong_method", status: .methodNotAllowed)
    static let noDatabase = Problem(code: "no_database", status: .serviceUnavailable)
    static let failed = Problem(code: "failed", status: .internalServerError)

    static let all = [
        unknownAddress, unknownPlace, unknownReceipt, unknownPanel, unreadableMonth, monthWithoutData, wrongMethod,
        noDatabase, failed,
    ]

    /// What an error means to the one who asked.
    static func of(_ error: any Error) -> Problem {
        switch error {
        case let problem as Problem: problem
        case is MonthWithoutData: .monthWithoutData
        case let error as PostgresError where error.isAboutServer: .noDatabase
        case let error as any HTTPResponseError where error.status == .notFound: .unknownAddress
        case let error as any HTTPResponseError where error.status == .methodNotAllowed: .wrongMethod
        default: .failed
        }
    }

    private struct Body: Encodable {
        struct Content: Encodable {
            let code, message, remedy: String
        }
        let error: Content
    }

    func response(to request: Request, _ words: Words) throws -> Response {
        let content = Body.Content(
            code: code, message: words("problem.\(code)", values), remedy: words("problem.\(code).remedy", values))
        var response = try Document.json(Body(error: content), tag: nil).response(to: request, status: status)
        if status == .methodNotAllowed { response.headers[.allow] = "GET, HEAD" }
        return response
    }
}
