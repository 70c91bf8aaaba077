import Foundation
import Postgres
import TestCluster
import Testing

@testable import Ingest

/// What cannot be added to a schema later: held against PostgreSQL's own catalogue.
@Suite struct SchemaTests {
    /// Rows of a statement that finds offenders, as text.
    private func offenders(_ statement: String) async throws -> [String] {
        try await TestCluster.withDatabase { database in
            try database.administration.connect().query(statement).map { try $0.text("offender") ?? "" }
        }
    }

    @Test("every table, view and column has a comment")
    func comments() async throws {
        #expect(
            try await offenders(
                """
                select c.relname || coalesce('.' || a.attname, '') as offender
                from pg_class c
                left join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                where c.relnamespace = 'mmt'::regnamespace and c.relkind in ('r', 'v', 'p')
                  and (col_description(c.oid, a.attnum) is null or obj_description(c.oid, 'pg_class') is null)
                """) == [])
    }

    @Test("every constraint has a name of our own, and none is left to PostgreSQL")
    func constraintNames() async throws {
        #expect(
            try await offenders(
                """
                select conrelid::regclass || ' ' || conname as offender from pg_constraint
                where connamespace = 'mmt'::regnamespace and conname ~ '(_check\\d*|_fkey\\d*|_key\\d*|_not_null)$'
                """) == [])
    }

    // Citus, as it would distribute by site: a fact table leads its primary key with site_id, its unique keys contain
    // it, its foreign keys go to reference tables or carry site_id; no triggers. What a table is, its comment says first.

    @Test("every table says what it is: Fact, Reference or Ledger; a fact leads its primary key with site_id")
    func factKeys() async throws {
        #expect(
            try await offenders(
                """
                select c.relname as offender from pg_class c
                where c.relnamespace = 'mmt'::regnamespace and c.relkind in ('r', 'p')
                  and obj_description(c.oid, 'pg_class') !~ '^(Fact|Reference|Ledger): '
                union all
                select c.relname from pg_class c
                where c.relnamespace = 'mmt'::regnamespace and c.relkind in ('r', 'p')
                  and obj_description(c.oid, 'pg_class') like 'Fact: %'
                  and not exists (
                      select from pg_index i
                      join pg_attribute a on a.attrelid = c.oid and a.attname = 'site_id'
                      where i.indrelid = c.oid and i.indisprimary and i.indkey[0] = a.attnum)
                """) == [])
    }

    @Test("a fact's unique keys contain site_id, its foreign keys go to reference tables or carry site_id")
    func factReferences() async throws {
        #expect(
            try await offenders(
                """
                with kind as (
                    select c.oid, c.relname, split_part(obj_description(c.oid, 'pg_class'), ':', 1) as kind,
                           (select attnum from pg_attribute where attrelid = c.oid and attname = 'site_id') as site
                    from pg_class c where c.relnamespace = 'mmt'::regnamespace and c.relkind in ('r', 'p')
                )
                select k.relname || ': ' || i.indexrelid::regclass as offender
                from kind k join pg_index i on i.indrelid = k.oid
                where k.kind = 'Fact' and i.indisunique and not k.site = any (i.indkey)
                union all
                select k.relname || ': ' || f.conname
                from kind k join pg_constraint f on f.conrelid = k.oid and f.contype = 'f'
                join kind target on target.oid = f.confrelid
                where (k.kind = 'Fact' and target.kind <> 'Reference'
                       and not (f.conkey[1] = k.site and f.confkey[1] = target.site))
                   or (k.kind = 'Reference' and target.kind <> 'Reference')
                   or (k.kind = 'Ledger' and target.kind = 'Fact')
                """) == [])
    }

    @Test("no table has a trigger of ours, and every table with a site has row-level security")
    func triggersAndPolicies() async throws {
        #expect(
            try await offenders(
                """
                select tgname as offender from pg_trigger t join pg_class c on c.oid = t.tgrelid
                where c.relnamespace = 'mmt'::regnamespace and not tgisinternal
                union all
                select c.relname from pg_class c
                where c.relnamespace = 'mmt'::regnamespace and c.relkind in ('r', 'p') and not c.relrowsecurity
                  and exists (select from pg_attribute where attrelid = c.oid and attname = 'site_id')
                """) == [])
    }

    @Test("every view runs with its reader's rights, and nothing is materialized")
    func views() async throws {
        #expect(
            try await offenders(
                """
                select relname as offender from pg_class
                where relnamespace = 'mmt'::regnamespace
                  and (relkind = 'm' or relkind = 'v' and not coalesce('security_invoker=true' = any (reloptions), false))
                """) == [])
    }

    @Test("every statement of sql/counts and sql/merge prepares against the schema")
    func statements() async throws {
        try await TestCluster.withDatabase { database in
            // Some are commands' alone, which ask as the loader.
            let ofCommands = ["data_values", "open_rows", "row_rules", "submission_changes"]
            for file in try TestCluster.sql.files(in: "counts") {
                let server = ofCommands.contains(file.name) ? database.ingest : database.web
                #expect(throws: Never.self, "counts/\(file.name)") { try server.connect().prepare(file.text) }
            }
            // Some belong to one kind, or are filled in from its declaration; the others work with any.
            for kind in ReportKind.all {
                let merge = Merge(sql: TestCluster.sql, kind: kind, receipt: 0)
                let connection = try database.ingest.connect()
                try connection.query("begin")
                try merge.stage(connection)
                let lacking = kind.columns.filter { !kind.key.contains($0.name) }.dropFirst().map(\.name)
                let statements = [
                    try merge.statement, try merge.settlement, try merge.lateSettlement,
                    try kind.versions.flatMap {
                        KeyedStatement(kind: kind, table: $0).filled(
                            try TestCluster.sql.text("merge/keep_absent.sql"), absent: lacking)
                    }, try MonthLocks(sql: TestCluster.sql, kind: kind).statement,
                    try ClientCounts(sql: TestCluster.sql).concerned(by: kind),
                ]
                for (number, statement) in statements.enumerated() {
                    guard let statement else { continue }
                    #expect(throws: Never.self, "\(kind.name) \(number)") { try connection.prepare(statement) }
                }
            }
            let ofKinds = ReportKind.all.flatMap { kind in
                [kind.name, "\(kind.name)_staging"]
                    + ["settle_", "settle_late_", "locked_", "concerned_by_"].map { $0 + kind.name }
            }
            let connection = try database.ingest.connect()
            try connection.query("begin")
            try Merge(sql: TestCluster.sql, kind: .monthly, receipt: 0).stage(connection)
            for file in try TestCluster.sql.files(in: "merge")
            where !(ofKinds + ["staging", "keyed", "settle_by_key", "settle_late", "keep_absent"]).contains(file.name) {
                #expect(throws: Never.self, "merge/\(file.name)") { try connection.prepare(file.text) }
            }
        }
    }

    @Test("monthly_fields() are the counts of monthly_report in their order, and report_values() agrees")
    func monthlyFields() async throws {
        #expect(
            try await offenders(
                """
                select 'fields' as offender where mmt.monthly_fields() <> (
                    select array_agg(attname::text order by attnum) from pg_attribute
                    where attrelid = 'mmt.monthly_report'::regclass and attnum > 8 and not attisdropped)
                union all
                select x.field from (
                    select (jsonb_populate_record(null::mmt.monthly_report, jsonb_object_agg(field, place))).*
                    from unnest(mmt.monthly_fields()) with ordinality as f (field, place)) as r
                cross join lateral unnest(mmt.monthly_fields(), mmt.report_values(r::mmt.monthly_report))
                    with ordinality as x (field, value, place)
                where x.value is distinct from x.place
                """) == [])
    }

    @Test("the rules that the schema enforces are its checks, and all of them but the count's own")
    func enforcedRules() async throws {
        #expect(
            try await offenders(
                """
                (select rule as offender from mmt.quality_rule where enforced_by_schema
                 except select conname from pg_constraint where conrelid = 'mmt.monthly_report'::regclass and contype = 'c')
                union all
                (select conname from pg_constraint where conrelid = 'mmt.monthly_report'::regclass and contype = 'c'
                   and conname not in ('count_negative', 'monthly_report_version_from_1')
                 except select rule from mmt.quality_rule where enforced_by_schema)
                """) == [])
    }

    @Test("each declared column has a place in the table that keeps its kind's rows, under the same name")
    func declaredColumns() async throws {
        try await TestCluster.withDatabase { database in
            for kind in ReportKind.all {
                guard case .versions(let table) = kind.store else { continue }
                let columns = try database.administration.connect().query(
                    "select attname from pg_attribute where attrelid = ('mmt.' || $1)::regclass and attnum > 0", [table]
                ).map { try $0.string("attname") }
                let wanted = ["version", "receipt_id", "line"] + kind.columns.map(\.storedName)
                #expect(Set(columns) == Set(wanted), "\(kind.name)")
            }
        }
    }

    @Test(
        "a view keeps its columns and their types: an older database could not replace it, an analyst's script would break"
    )
    func viewColumns() async throws {
        let fixture = TestCluster.root.appending(path: "Tests/PostgresTests/Fixtures/view_columns.txt")
        let promised = try String(contentsOf: fixture, encoding: .utf8).split(separator: "\n").map(String.init)
        let columns = try await offenders(
            """
            select format('%s %s %s %s', c.relname, a.attnum, a.attname, format_type(a.atttypid, a.atttypmod)) as offender
            from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
            where c.relnamespace = 'mmt'::regnamespace and c.relkind = 'v'
            order by c.relname, a.attnum
            """)
        // New columns may follow at the end. For any other change write a migration that drops the view, and say why.
        #expect(promised.filter { !columns.contains($0) } == [])
        #expect(columns.filter { !promised.contains($0) } == [], "new: add them to the fixture")
    }

    @Test("the daemon's login may read what pages need, column by column, and not one more")
    func webReads() async throws {
        let fixture = TestCluster.root.appending(path: "Tests/PostgresTests/Fixtures/web_reads.txt")
        let promised = try String(contentsOf: fixture, encoding: .utf8).split(separator: "\n").map(String.init)
        let readable = try await offenders(
            """
            select c.relname || case when has_table_privilege('mmt_web', c.oid, 'select') then ''
                                     else ': ' || string_agg(a.attname, ', ' order by a.attnum) end as offender
            from pg_class c
            join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
            where c.relnamespace = 'mmt'::regnamespace and c.relkind in ('r', 'v', 'p', 'm', 'f')
              and has_column_privilege('mmt_web', c.oid, a.attnum, 'select')
            group by c.oid, c.relname
            order by c.relname
            """)
        // What is new here needs a page that shows it; a table about persons needs a better reason than that.
        #expect(readable.filter { !promised.contains($0) } == [])
        #expect(promised.filter { !readable.contains($0) } == [], "no longer granted: take it out of the fixture")
        // Nor may it write anything.
        #expect(
            try await offenders(
                """
                select c.relname as offender from pg_class c
                where c.relnamespace = 'mmt'::regnamespace and c.relkind in ('r', 'v', 'p', 'm', 'f')
                  and has_table_privilege('mmt_web', c.oid, 'insert, update, delete, truncate')
                """) == [])
    }

    @Test("a migration that the database refuses is named, and leaves nothing behind")
    func refusedViews() async throws {
        try await TestCluster.withDatabase { database in
            let connection = try database.administration.connect()
            try connection.run(
                script: """
                    update mmt.migration set checksum = 'older' where name = 'views/*';
                    drop view mmt.completeness; create view mmt.completeness as select 1 as month
                    """)
            let error = #expect(throws: Migrator.Failure.self) { try Migrator(TestCluster.sql).migrate(connection) }
            #expect(error?.description.contains("sql/views/010_reports.sql") == true)
            #expect(try database.value("select checksum from mmt.migration where name = 'views/*'") == "older")
        }
    }

    @Test("a migration is applied once, and a changed one is refused by name")
    func migrations() async throws {
        try await TestCluster.withDatabase { database in
            let connection = try database.administration.connect()
            #expect(try Migrator(TestCluster.sql).migrate(connection) == [])
            try connection.query("update mmt.migration set checksum = 'other' where name like '003%'")
            #expect(throws: Migrator.Failure.self) { try Migrator(TestCluster.sql).migrate(connection) }
        }
    }
}
