import Ingest

/// The staging table of a kind, as a load makes it.
enum StagingTables {
    static func script(_ kind: String) -> String {
        (ReportKind.named(kind)?.stagingTable ?? "") + ";\n"
    }
}
