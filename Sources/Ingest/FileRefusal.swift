/// Why a whole file was refused. Its words are in the catalogues under `refusal.<code>`; details never hold a cell.
public struct FileRefusal: Error, Sendable, Equatable {
    public let code: String
    public let details: [String: String]

    public init(_ code: String, _ details: [String: String] = [:]) {
        self.code = code
        self.details = details
    }

    /// Every code there is: each has words in every language (a test holds it to that).
    public static let codes = [
        "file_empty", "file_is_workbook", "file_is_pdf", "file_not_text", "kind_unknown", "column_twice",
        "quote_unterminated", "cell_too_long", "no_rows", "database_refused",
    ]
}
