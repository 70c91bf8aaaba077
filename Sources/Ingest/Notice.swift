/// Something a receipt says of a file that refuses nothing. Its words are in the catalogues under `notice.<code>`.
public struct Notice: Sendable, Equatable, Codable {
    public let code: String
    public let details: [String: String]

    init(_ code: String, _ details: [String: String] = [:]) {
        self.code = code
        self.details = details
    }

    /// Every code there is: each has words in every language (a test holds it to that).
    public static let codes = [
        "hidden_rows", "hidden_sheet", "sheet_not_read", "columns_new", "columns_gone", "columns_renamed", "held_back",
        "formulas_read", "columns_kept",
    ]
}
