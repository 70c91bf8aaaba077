import Postgres

/// The codes that rows may refer to: clinics, regions, trials.
struct KnownCodes {
    let sites: SiteRegistry
    private let regions: [String: Int]
    private let trials: [String: String]

    init(sites: SiteRegistry, regions: [String: Int] = [:], trials: [String] = []) {
        self.sites = sites
        self.regions = regions
        self.trials = Dictionary(trials.map { ($0.uppercased(), $0) }) { first, _ in first }
    }

    static func load(_ connection: borrowing Connection) throws -> KnownCodes {
        let regions = try connection.query("select upper(code) as code, region_id from region")
            .map { (try $0.string("code"), try $0.integer("region_id")) }
        return KnownCodes(
            sites: try SiteRegistry.load(connection),
            regions: Dictionary(regions) { first, _ in first },
            trials: try connection.query("select distinct trial from trial_protocol").map { try $0.string("trial") })
    }

    func region(_ code: String) -> Int? { regions[code.uppercased()] }
    /// The trial's code as it was registered.
    func trial(_ code: String) -> String? { trials[code.uppercased()] }
}
