import HTTPTypes
import Hummingbird
import Ingest
import Postgres
import Words

/// Everything that an answer can be instead of what was asked for. The status is decided here and nowhere else;
/// the words are in the catalogues under `problem.<code>` and `problem.<code>.remedy`.
struct Problem: Error, Sendable {
    let code: String
    let status: HTTPResponse.Status
    var values: [String: String] = [:]
    var headers: HTTPFields = [:]

    static let unknownAddress = Problem(code: "unknown_address", status: .notFound)
    static let unknownPlace = Problem(code: "unknown_place", status: .notFound)
    static let unknownReceipt = Problem(code: "unknown_receipt", status: .notFound)
    static let unknownPanel = Problem(code: "unknown_panel", status: .notFound)
    static let noClientRecords = Problem(code: "no_client_records", status: .notFound)
    static let unreadableMonth = Problem(code: "unreadable_month", status: .badRequest)
    static let unknownChart = Problem(code: "unknown_chart", status: .badRequest)
    static let monthWithoutData = Problem(code: "month_without_data", status: .notFound)
    static let unknownRule = Problem(code: "unknown_rule", status: .badRequest)
    static let unknownTrial = Problem(code: "unknown_trial", status: .notFound)
    static let unknownOutcome = Problem(code: "unknown_outcome", status: .badRequest)
    static let mayNotUnmask = Problem(code: "may_not_unmask", status: .forbidden)
    static let reasonMissing = Problem(code: "reason_missing", status: .unprocessableContent)
    static let reasonsOnly = Problem(
        code: "reasons_only", status: .methodNotAllowed, headers: [.allow: "POST, DELETE"])
    static let jsonOnly = Problem(code: "json_only", status: .unsupportedMediaType)
    static let unknownRollout = Problem(code: "unknown_rollout", status: .notFound)
    static let unknownRolloutIndicator = Problem(code: "unknown_rollout_indicator", status: .badRequest)
    static let unknownRolloutSite = Problem(code: "unknown_rollout_site", status: .badRequest)
    static let wrongMethod = Problem(
        code: "wrong_method", status: .methodNotAllowed, headers: [.allow: "GET, HEAD"])
    static let noDatabase = Problem(code: "no_database", status: .serviceUnavailable)
    static let failed = Problem(code: "failed", status: .internalServerError)

    static let all =
        [
            unknownAddress, unknownPlace, unknownReceipt, unknownPanel, noClientRecords, unreadableMonth, unknownChart,
            monthWithoutData, unknownRule, unknownTrial, unknownOutcome, mayNotUnmask, reasonMissing, reasonsOnly,
            jsonOnly, unknownRollout, unknownRolloutIndicator, unknownRolloutSite, wrongMethod, noDatabase, failed,
        ] + uploads

    static func of(_ lack: Lack) -> Problem {
        switch lack {
        case .place: .unknownPlace
        case .panel: .unknownPanel
        case .records: .noClientRecords
        }
    }

    /// What an error means to the one who asked.
    static func of(_ error: any Error) -> Problem {
        switch error {
        case let problem as Problem: problem
        case is MonthWithoutData: .monthWithoutData
        case is UnknownRule: .unknownRule
        case is UnknownOutcome: .unknownOutcome
        case Unmasking.Refusal.mayNot: .mayNotUnmask
        case Unmasking.Refusal.noReason: .reasonMissing
        case Unmasking.Refusal.unknownTrial: .unknownTrial
        case is UnknownRolloutIndicator: .unknownRolloutIndicator
        case is UnknownRolloutSite: .unknownRolloutSite
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
        for header in headers { response.headers[header.name] = header.value }
        return response
    }
}

/// Where a file is sent.
extension Problem {
    static let postOnly = Problem(code: "post_only", status: .methodNotAllowed, headers: [.allow: "POST"])
    static let tokenNeeded = Problem(
        code: "token_needed", status: .unauthorized, headers: [.wwwAuthenticate: "Bearer realm=\"mmt\""])
    static let unreadableParameter = Problem(code: "unreadable_parameter", status: .badRequest)
    static let nameMissing = Problem(code: "name_missing", status: .badRequest)
    static let uploadIncomplete = Problem(code: "upload_incomplete", status: .badRequest)
    static let notTheFileItself = Problem(code: "not_the_file_itself", status: .unsupportedMediaType)
    static let fileTooLarge = Problem(code: "file_too_large", status: .contentTooLarge)
    /// A load takes seconds, a long one a minute.
    static let loadsBusy = Problem(code: "loads_busy", status: .serviceUnavailable, headers: [.retryAfter: "30"])
    static let loadsNotTaken = Problem(code: "loads_not_taken", status: .notImplemented)
    static let nothingToReturn = Problem(code: "nothing_to_return", status: .notFound)

    static let uploads = [
        postOnly, tokenNeeded, unreadableParameter, nameMissing, uploadIncomplete, notTheFileItself, fileTooLarge,
        loadsBusy, loadsNotTaken, nothingToReturn,
    ]

    func with(_ values: [String: String]) -> Problem {
        var problem = self
        problem.values = values
        return problem
    }
}

extension HTTPResponse.Status {
    /// One status for each outcome, the same word as in the body. 201 and 200 say that nothing is left to do. Where rows
    /// were refused, neither would be true, and no 4xx either: good rows are stored, and a sender who reads "refused" would
    /// send them again. So 207, which says "look inside", and which a script that waits for 200 or 201 does not take
    /// for success. Where nothing is stored, 422.
    static func of(_ delivered: Delivered) -> HTTPResponse.Status {
        switch delivered.outcome {
        case .loaded: delivered.dryRun ? .ok : .created
        case .repeated: .ok
        case .partlyLoaded: HTTPResponse.Status(code: 207, reasonPhrase: "Multi-Status")
        case .refused: .unprocessableContent
        }
    }
}
