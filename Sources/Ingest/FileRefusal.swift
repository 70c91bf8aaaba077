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
        "file_empty", "file_is_pdf", "file_is_html", "file_not_text", "file_not_workbook", "workbook_damaged",
        "workbook_too_large", "workbook_encrypted", "workbook_old", "workbook_binary", "workbook_no_sheet",
        "data_values_unreadable", "data_values_too_many", "data_elements_too_many", "kind_not_allowed", "kind_unknown",
        "column_missing", "column_twice", "columns_changed", "quote_unterminated", "cell_too_long", "row_too_long",
        "no_rows", "table_is_workbook", "pseudonym_key_missing", "pseudonym_key_changed", "database_refused",
    ]
}
