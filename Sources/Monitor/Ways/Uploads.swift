import Foundation
import HTTPTypes
import Hummingbird
import Ingest
import Logging
import Postgres
import Words

/// Files sent over HTTP: POST /api/v1/loads; and their rows back, for whoever sent them. A bearer token says who that is;
/// there are no cookies, so no page of another site can send or ask in somebody's name.
struct Uploads: Sendable {
    static let path = "/api/v1/loads"

    private let ingest: Server
    private let loader: ReportLoader
    private let returned: @Sendable (Words) -> ReturnedFiles
    private let catalogues: Catalogues
    /// In bytes.
    private let largest: Int
    private let queue: UploadQueue

    init(
        ingest: Server, loader: ReportLoader, returned: @escaping @Sendable (Words) -> ReturnedFiles,
        catalogues: Catalogues, largest: Int, queue: UploadQueue = UploadQueue()
    ) {
        self.ingest = ingest
        self.loader = loader
        self.returned = returned
        self.catalogues = catalogues
        self.largest = largest
        self.queue = queue
    }

    func take(_ request: Request, _ logger: Logger) async throws -> Response {
        let holder = try await holder(request)
        let upload = try UploadHead(request, largest: largest)
        // The place is taken before the file is sent: nobody sends half a gigabyte to be told that there is none.
        let delivered = try await queue.withPlace {
            let body = try await UploadedFile(request.body, upload, largest: largest)
            return try await queue.run {
                var delivery = Delivery(loader: loader)
                delivery.source = holder.source
                delivery.sender = holder.name
                delivery.reportsOnly = !holder.registers
                delivery.dryRun = upload.dryRun
                return try delivery.load(body.received(as: upload.name), ingest.connect())
            }
        }
        logger.info(
            "file taken",
            metadata: [
                "sender": "\(holder.name)", "outcome": "\(delivered.outcome.rawValue)", "dryRun": "\(delivered.dryRun)",
                "receipts": "\(delivered.receipts.compactMap(\.id))",
            ])
        return try answer(delivered, to: request)
    }

    private func answer(_ delivered: Delivered, to request: Request) throws -> Response {
        let json = try delivered.json(catalogues[Language(of: request)], offersRows: true)
        let document = Document([UInt8](json.utf8), contentType: "application/json; charset=utf-8", tag: nil)
        var response = document.response(to: request, status: .of(delivered))
        if response.status == .created, let number = delivered.receipts.first?.id {
            response.headers[.location] = "/api/v1/receipts/\(number)"
        }
        return response
    }

    /// The sender's rows of a receipt. For everybody else there is no such receipt: numbers can be guessed.
    func giveBack(_ wanted: ReturnedAddress, _ request: Request) async throws -> Response {
        let holder = try await holder(request)
        let words = catalogues[Language(of: request)]
        let file = try await queue.withPlace {
            try await queue.run {
                let isSender =
                    try ingest.connect().query(
                        "select from receipt where receipt_id = $1 and sender = $2", ["\(wanted.receipt)", holder.name]
                    ).count == 1
                guard isSender else { throw Problem.unknownReceipt }
                let returned = returned(words)
                return try ReturnedBody { url in
                    switch wanted.form {
                    case .workbook: return try returned.writeWorkbook([wanted.receipt], to: url)
                    case .refused: return try returned.writeRefused(wanted.receipt, to: url)
                    }
                }
            }
        }
        guard let file else { throw Problem.nothingToReturn }
        return Response(
            status: .ok,
            headers: [
                .contentType: wanted.form.contentType, .cacheControl: "no-store", .vary: "Accept-Language",
                .contentDisposition: "attachment; filename=\"\(wanted.form.fileName(wanted.receipt))\"",
            ], body: file.body)
    }

    private func holder(_ request: Request) async throws -> LoadTokens.Holder {
        let parts = (request.headers[.authorization] ?? "").split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { throw Problem.tokenNeeded }
        let token = String(parts[1])
        let holder: LoadTokens.Holder?
        do {
            holder = try await queue.look { try LoadTokens.holder(of: token, ingest.connect()) }
        } catch let error as PostgresError where error.sqlState == "42501" {
            // The daemon's login on this server cannot become the loader.
            throw Problem.loadsNotTaken
        }
        guard let holder else { throw Problem.tokenNeeded }
        return holder
    }
}
