import Postgres
import TestCluster
import Testing

/// Row-level security, as a page and as an analyst in psql meet it.
@Suite struct AccessTests {
    /// Two regions with a report each, and an analyst of the first.
    private func withAnalyst(_ body: (TestDatabase, borrowing Connection) throws -> Void) async throws {
        try await TestCluster.withDatabase { database in
            try await database.load(ProgrammeFiles.sites)
            try await database.load(ProgrammeFiles.reports)
            let administration = try database.administration.connect()
            let analyst = "analyst_\(database.name)"
            let region = try database.value("select region_id from mmt.region where code = 'QS'") ?? ""
            try administration.query(
                "create role \(analyst) login in role mmt_analyst, \"mmt.\(database.name).region.\(region)\"")
            do {
                // A superuser's session authorization makes the analyst the session's user, as a login of his would.
                let session = try database.administration.connect()
                try session.query("set session authorization \(analyst)")
                try body(database, session)
            }
            try administration.query("drop role \(analyst)")
        }
    }

    @Test("an analyst of a region sees its clinics in every table and view, and no other")
    func region() async throws {
        try await withAnalyst { _, session in
            for view in [
                "site", "monthly_report", "current_report", "report", "expected_report", "figure", "indicator_count",
            ] {
                let codes = try session.query(
                    "select distinct s.code from \(view) v join site s using (site_id) order by 1"
                ).map { try $0.string("code") }
                #expect(codes == ["QS-001", "QS-002"], "\(view)")
            }
            let all = try session.query("select count(*) from site")[0, 0]
            #expect(all == "2")
        }
    }

    @Test("no setting and no role that an analyst can take widens what he sees")
    func settings() async throws {
        try await withAnalyst { database, session in
            try session.query("select set_config('mmt.account', $1, false)", ["mmt.\(database.name).programme"])
            let sites = try session.query("select count(*) from site")[0, 0]
            #expect(sites == "2")
            for role in ["mmt_web", "mmt_owner", "mmt_ingest", "mmt.\(database.name).programme", "postgres"] {
                #expect(throws: PostgresError.self, "set role \(role)") { try session.query("set role \"\(role)\"") }
            }
            #expect(throws: PostgresError.self) { try session.query("set row_security = off; select * from site") }
            #expect(throws: PostgresError.self) { try session.query("select create_scope_roles(1, '{}')") }
            #expect(throws: PostgresError.self) { try session.query("select * from received_file_part") }
            #expect(throws: PostgresError.self) { try session.query("update site set name = 'x'") }
        }
    }

    @Test("a loader cannot slip a temporary table under the one function that makes roles")
    func definer() async throws {
        try await TestCluster.withDatabase { database in
            let loader = try database.ingest.connect()
            try loader.run(
                script: """
                    create function pg_temp.trap() returns name language plpgsql as $$
                    begin raise exception 'ran as %', current_user; end $$;
                    create temporary view pg_roles as select pg_temp.trap() as rolname, 0::oid as oid;
                    grant select on pg_roles to public;
                    """)
            try loader.query("select create_scope_roles(999, '{}')")
            try database.administration.connect().query("drop role \"mmt.\(database.name).site.999\"")
        }
    }

    @Test("the daemon's login sees nothing without an account, and no more than the account with one")
    func daemon() async throws {
        try await withAnalyst { database, _ in
            let web = try database.web.connect()
            let none = try web.query("select count(*) from monthly_report")[0, 0]
            #expect(none == "0")
            let seen = try web.transaction { connection in
                try connection.query("select set_config('mmt.account', $1, true)", ["analyst_\(database.name)"])
                return try connection.query("select count(distinct site_id) from monthly_report")[0, 0]
            }
            #expect(seen == "2")
            let after = try web.query("select count(*) from monthly_report")[0, 0]
            #expect(after == "0", "the account is gone with its transaction")
        }
    }

    @Test("a clinic that moves to another region leaves the old region's scope")
    func moved() async throws {
        try await TestCluster.withDatabase { database in
            try await database.load(ProgrammeFiles.sites)
            try await database.load(
                ProgrammeFiles.sites.replacing("QS-002,Qingshan Second,QS,", with: "QS-002,Qingshan Second,YH,"))
            let holders = try database.value(
                """
                select string_agg(g.code, ',') from pg_auth_members m
                join pg_roles held on held.oid = m.roleid
                join pg_roles holder on holder.oid = m.member
                join mmt.site s on held.rolname = 'mmt.' || current_database() || '.site.' || s.site_id
                join mmt.region g on holder.rolname = 'mmt.' || current_database() || '.region.' || g.region_id
                where s.code = 'QS-002'
                """)
            #expect(holders == "YH")
        }
    }
}
