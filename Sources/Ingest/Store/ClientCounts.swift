public import Postgres

/// What follows from records about persons: their stays under each rule, and the counts from which pages are made. A load
/// works out what its own rows change; a database or a rule that has none yet gets all of it when the program starts.
public struct ClientCounts {
    let sql: SQLFolder

    /// After the rows of a receipt have been stored, in their transaction.
    func follow(_ kind: ReportKind, receipt: Int, _ connection: borrowing Connection) throws {
        if let concerned = try concerned(by: kind) {
            try connection.query(concerned, kind.isOfStays ? [] : ["\(receipt)"])
        }
        switch kind {
        case .doses, .episodes: try workOutStays(connection)
        case .urine: try connection.query(try sql.text("merge/test_counts.sql"))
        case .assessments: try connection.query(try sql.text("merge/assessment_counts.sql"))
        case .participants: try connection.query(try sql.text("merge/provider_counts.sql"))
        default: break
        }
    }

    /// The statement that finds whom or which clinics the staged or stored rows concern; nil where it is known already.
    func concerned(by kind: ReportKind) throws -> String? {
        let isAsked = kind.isOfStays || kind == .assessments || kind == .participants
        return isAsked ? try sql.text("merge/concerned_by_\(kind.name).sql") : nil
    }

    /// - Parameter connection: of the tables' owner.
    /// - Returns: whether there was anything to do.
    @discardableResult
    public static func complete(sql: SQLFolder, _ connection: borrowing Connection) throws -> Bool {
        let counts = ClientCounts(sql: sql)
        let stays = try counts.complete("unfollowed_clients", connection) { try counts.workOutStays($0) }
        let tests = try counts.complete("untallied_tests", connection) {
            try $0.query(try sql.text("merge/test_counts.sql"))
        }
        let assessments = try counts.complete("untallied_assessments", connection) {
            try $0.query(try sql.text("merge/assessment_counts.sql"))
        }
        let providers = try counts.complete("untallied_providers", connection) {
            try $0.query(try sql.text("merge/provider_counts.sql"))
        }
        return stays || tests || assessments || providers
    }

    private func complete(
        _ lacking: String, _ connection: borrowing Connection, _ work: (borrowing Connection) throws -> Void
    ) throws -> Bool {
        try connection.transaction { connection in
            try connection.run(script: try sql.text("merge/staging.sql"))
            let isLacking = try connection.query(try sql.text("merge/\(lacking).sql")).affected > 0
            guard isLacking else { return false }
            // What a load brings meanwhile would be overwritten by what was known before it.
            try Merge.lock(connection)
            try work(connection)
            return true
        }
    }

    private func workOutStays(_ connection: borrowing Connection) throws {
        // The plan for a clinic's file is not that for a country's.
        try connection.run(script: "analyze concerned_client")
        try connection.query(try sql.text("merge/stays.sql"))
        try connection.run(script: "analyze concerned_clinic")
        for statement in ["stay_counts", "treatment_months", "entry_cohorts"] {
            try connection.query(try sql.text("merge/\(statement).sql"))
        }
    }
}

extension ReportKind {
    /// Records from which stays in treatment are worked out.
    fileprivate var isOfStays: Bool { self == .doses || self == .episodes }
}
