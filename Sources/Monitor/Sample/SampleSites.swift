import Ingest

/// The registry of sites, `sites.csv`: UTF-8 with a byte-order mark, as a spreadsheet program saves it.
enum SampleSites {
    /// Written into the registry, so that every page can say it.
    static let provenance = "simulated"

    static let headers = [
        "site", "name", "name_zh", "region", "region_name", "region_name_zh", "affiliation", "opened_on", "closed_on",
        "provenance", "aliases",
    ]

    static func file(_ clinics: [SampleClinic], first: Month) -> SampleFile {
        let rows = clinics.map { clinic in
            [
                clinic.site, clinic.name, clinic.nameChinese, clinic.region.code, clinic.region.name,
                clinic.region.nameChinese, clinic.affiliation, clinic.openedOn, closedOn(clinic, first: first),
                provenance, clinic.formerCode ?? "",
            ]
        }
        let text = ([headers] + rows).map { $0.joined(separator: ",") + "\n" }.joined()
        return SampleFile(name: "sites.csv", bytes: SampleText.byteOrderMarkUTF8 + Array(text.utf8))
    }

    /// The last day of the last month; blank while the clinic is open.
    private static func closedOn(_ clinic: SampleClinic, first: Month) -> String {
        guard case .closes(let last) = clinic.course else { return "" }
        let month = first + last
        return month.date(day: month.days)
    }
}
