import ArgumentParser

@main
struct Mmt: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mmt",
        abstract:
            "Monitors a methadone maintenance programme: loads clinics' reports, shows where clients stay or leave.",
        discussion: """
            Without any configuration mmt keeps a PostgreSQL of its own in MMT_DATA. DATABASE_URL, PGHOST or PGSERVICE \
            name another server. MMT_TIMEZONE is the programme's time zone (Asia/Shanghai).
            """,
        version: "0.1.0",
        subcommands: [
            ServeCommand.self, LoadCommand.self, ShowCommand.self, ReceiptCommand.self, TemplateCommand.self,
            SampleCommand.self, MigrateCommand.self, PsqlCommand.self,
        ])
}
