/// What a sender may have back of a file that was sent over HTTP: /api/v1/receipts/258/workbook, …/refused.
struct ReturnedAddress: Sendable, Equatable {
    enum Form: String, CaseIterable, Sendable {
        /// The sender's own rows, bad cells coloured and told in a comment.
        case workbook
        /// The refused rows alone, as CSV.
        case refused

        var contentType: String {
            switch self {
            case .workbook: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
            case .refused: "text/csv; charset=utf-8"
            }
        }

        /// What it is called where a person finds it: in a folder (`mmt load --return`), among downloads.
        func fileName(_ receipt: Int) -> String {
            switch self {
            case .workbook: "\(receipt)-checked.xlsx"
            case .refused: "\(receipt)-refused.csv"
            }
        }
    }

    let receipt: Int
    let form: Form

    /// - Parameter path: what follows /api/v1, such as "receipts/258/workbook".
    init?(path: String) {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "receipts", let form = Form(rawValue: String(parts[2])),
            let receipt = Int(parts[1]), receipt > 0, receipt < Int32.max
        else { return nil }
        self.receipt = receipt
        self.form = form
    }

    init(_ receipt: Int, _ form: Form) {
        self.receipt = receipt
        self.form = form
    }

    var path: String { "/api/v1/receipts/\(receipt)/\(form.rawValue)" }
}
