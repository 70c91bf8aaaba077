import Ingest

/// A simulated methadone programme in five fictional provinces, as files to load: the registry of sites, the
/// register of events, a file of monthly reports per province and month, the corrections, and a README that lists what was put in on purpose.
///
/// Everything is drawn from the seed, to the byte. No clinic, client or figure is real.
struct SampleProgramme: Sendable {
    /// Fewer could not hold all faults without one hiding another.
    static let clinicRange = 20...999
    static let monthRange = 30...240
    /// The sample ends on this day of the month after the last one, when some have not yet reported.
    static let cutDay = 15

    let seed: UInt64
    let firstMonth: Month
    let lastMonth: Month
    let clinics: [SampleClinic]
    let history: SampleHistory
    /// Everything put in on purpose, in the order of `SampleFaultKind`, then by site and month.
    let faults: [SampleFault]
    /// What was put into the client records on purpose.
    private(set) var slips: [SampleSlip] = []
    /// In the order in which they should be loaded; README.txt, which is not data, comes last.
    private(set) var files: [SampleFile] = []

    var months: Int { lastMonth - firstMonth + 1 }

    init(
        seed: UInt64, clinics clinicCount: Int = 68, months: Int = 48, lastMonth: Month
    ) throws(SampleError) {
        guard Self.clinicRange.contains(clinicCount) else { throw .clinicsOutOfRange(clinicCount) }
        guard Self.monthRange.contains(months) else { throw .monthsOutOfRange(months) }
        guard (2001...2050).contains(lastMonth.year) else { throw .monthOutOfRange(lastMonth) }
        self.seed = seed
        self.lastMonth = lastMonth
        let first = lastMonth - (months - 1)
        firstMonth = first
        var registry = SampleRegistry(seed: seed, first: first, months: months)
        clinics = SampleRollout.planned(registry.draw(clinics: clinicCount), seed: seed, months: months)
        history = SampleHistory(clinics: clinics, seed: seed, first: first, months: months)
        var plan = SampleFaultPlan(clinics: clinics, seed: seed, first: first, months: months)
        plan.draw(history: history)
        var reporting = SampleReporting(history: history, faults: plan.faults, seed: seed, first: first)
        for clinic in clinics { reporting.report(clinic) }
        var monthly = SampleFiles(submissions: reporting.submissions, seed: seed, first: first, months: months)
        try monthly.write()
        faults = (plan.faults + reporting.lateness + monthly.faults).sorted { $0.sortKey < $1.sortKey }
        files = [SampleSites.file(clinics, first: first)]
        files.append(SampleEvents.file(self))
        files += monthly.files
        let records = SampleClientFiles(self)
        slips = records.slips
        files += records.files
        files += SampleTrialFiles.files(self)
        files.append(SampleRollout.file(self))
        files.append(SampleReadme.file(self))
    }
}

extension SampleFault {
    fileprivate var sortKey: (Int, String, Month) {
        (SampleFaultKind.allCases.firstIndex(of: kind) ?? 0, site ?? "", month)
    }
}
