/// A trial of six clinics, three of them with the intervention: which three is all that tells one programme from its mirror.
struct TrialFiles {
    /// Whether the other three clinics have the intervention.
    var isMirrored = false

    private static let clinics = (1...6).map { "QS-00\($0)" }
    private func isTreated(_ clinic: Int) -> Bool { (clinic % 2 == 0) != isMirrored }

    static let sites =
        "site,name,region,region_name\n" + clinics.map { "\($0),Clinic \($0),QS,Qingshan\n" }.joined()

    static let reports =
        ProgrammeFiles.header + clinics.map { "\($0),2026-09,100,4,1,0,5,100,80,20\n" }.joined()

    static let trials = """
        trial,name,design,primary_outcome,planned_clusters,planned_group_sessions,planned_interviews,starts_on,ends_on
        T1,A trial,parallel,drug_use,6,3,2,2026-01-01,2026-10-31

        """

    static let plans = """
        trial,role,outcome,rank,scale,higher_is,visit_month,method,name
        T1,client,drug_use,primary,binary,worse,6,two_stage,Drug use
        T1,provider,knowledge,secondary,continuous,better,6,two_stage,Knowledge

        """

    /// A last line that is refused, for a clinic of the intervention.
    var allocations: String {
        "trial,site,arm,allocated_on\n"
            + Self.clinics.enumerated().map {
                "T1,\($0.element),\(isTreated($0.offset) ? "intervention" : "control"),2026-01-10\n"
            }.joined()
    }

    private static let people = clinics.flatMap { clinic in
        ["a", "b", "c", "d"].map { (clinic, "\(clinic)\($0)", "client") }
            + ["x", "y"].map { (clinic, "\(clinic)\($0)", "provider") }
    }

    static let participants =
        "trial,site,participant,role,enrolled_on\n"
        + people.map { "T1,\($0.0),\($0.1),\($0.2),2026-01-15\n" }.joined()

    /// What was measured moves with the arm.
    var assessments: String {
        "trial,site,participant,role,visit_month,instrument,assessed_on,value\n"
            + Self.people.enumerated().flatMap { place, person -> [String] in
                let treated = isTreated(Self.clinics.firstIndex(of: person.0) ?? 0)
                return [0, 6].map { visit in
                    let gain = visit > 0 && treated ? 1 : 0
                    let value =
                        person.2 == "client" ? ((place + gain) % 3 == 0 ? 1 : 0) : 10 + place % 4 + 3 * gain
                    let instrument = person.2 == "client" ? "drug_use" : "knowledge"
                    let day = visit == 0 ? "2026-01-15" : "2026-07-16"
                    return "T1,\(person.0),\(person.1),\(person.2),\(visit),\(instrument),\(day),\(value)\n"
                }
            }.joined()
    }

    /// Held in one arm alone; the last one is refused, for a day that does not exist.
    var sessions: String {
        let treated = Self.clinics.enumerated().filter { isTreated($0.offset) }.map(\.element)
        return "trial,site,form,number,planned_on,held_on,attended\n"
            + treated.flatMap { clinic in
                (1...3).map { "T1,\(clinic),provider_group,\($0),2026-02-1\($0),2026-02-1\($0),2\n" }
            }.joined() + "T1,\(treated[0]),provider_group,4,2026-02-30,,\n"
    }

    /// Of every client of the trial; those whose codes end with c stop coming.
    static let doses =
        "site,client,dosed_on,dose_mg\n"
        + people.filter { $0.2 == "client" }.map { clinic, who, _ in
            TrialStayFiles.Course(who, "2026-01-10", who.hasSuffix("c") ? "2026-02-20" : "2026-03-31").rows(at: clinic)
        }.joined()

    var events: String {
        "event,kind,site,within,happened_on,owner,reason\n"
            + Self.clinics.enumerated().filter { isTreated($0.offset) }.map {
                "E\($0.offset / 2),training,\($0.element),,2026-02-11,Office,Providers trained\n"
            }.joined()
    }

    /// In the order in which they are loaded; the name that a file is sent under says nothing.
    var all: [(name: String, text: String)] {
        [
            ("sites.csv", Self.sites), ("reports.csv", Self.reports), ("trials.csv", Self.trials),
            ("plans.csv", Self.plans), ("allocations.csv", allocations), ("participants.csv", Self.participants),
            ("assessments.csv", assessments), ("sessions.csv", sessions), ("events.csv", events),
            ("doses.csv", Self.doses),
        ]
    }
}
