import Postgres

/// The codes that rows may refer to: clinics, regions, trials.
struct KnownCodes {
    let sites: SiteRegistry
    private let regions: [String: Int]
    private let trials: [String: String]
    /// By column: codes as they are stored, by their upper case.
    private var spellings: [String: [String: String]]

    init(
        sites: SiteRegistry, regions: [String: Int] = [:], trials: [String] = [],
        spellings: [String: [String: String]] = [:]
    ) {
        self.spellings = spellings
        self.sites = sites
        self.regions = regions
        self.trials = Dictionary(trials.map { ($0.uppercased(), $0) }) { first, _ in first }
    }

    static func load(_ connection: borrowing Connection) throws -> KnownCodes {
        let regions = try connection.query("select upper(code) as code, region_id from region")
            .map { (try $0.string("code"), try $0.integer("region_id")) }
        var spellings: [String: [String: String]] = [:]
        let stored = try connection.query(
            """
            select 'site' as name, code from site union all select 'region', code from region
            union all select distinct 'trial', trial from trial_protocol union all select distinct 'event', event from event
            union all select distinct 'instrument', instrument from assessment
            """)
        for (name, code) in try stored.map({ (try $0.string("name"), try $0.string("code")) }) {
            spellings[name, default: [:]][code.uppercased()] = code
        }
        return KnownCodes(
            sites: try SiteRegistry.load(connection),
            regions: Dictionary(regions) { first, _ in first },
            trials: try connection.query("select distinct trial from trial_protocol order by trial").map {
                try $0.string("trial")
            }, spellings: spellings)
    }

    /// A code as it is stored, or as it stood first in this file: codes that differ in case alone are one.
    mutating func spelling(of code: String, in column: String) -> String {
        let folded = code.uppercased()
        if let known = spellings[column]?[folded] { return known }
        spellings[column, default: [:]][folded] = code
        return code
    }

    func region(_ code: String) -> Int? { regions[code.uppercased()] }
    /// The trial's code as it was registered.
    func trial(_ code: String) -> String? { trials[code.uppercased()] }
}
