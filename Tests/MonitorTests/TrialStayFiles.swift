import Ingest

/// Files of trials whose clients have doses.
enum TrialStayFiles {
    /// Days from one to another, both of them in, as a file of doses has them.
    struct Course {
        let client: String
        let days: ClosedRange<Day>

        init(_ client: String, _ first: String, _ last: String) {
            self.client = client
            days = (Day(first) ?? Day(number: 0))...(Day(last) ?? Day(number: 0))
        }

        func rows(at site: String) -> String {
            (days.lowerBound.number...days.upperBound.number).map { "\(site),\(client),\(Day(number: $0)),60\n" }
                .joined()
        }
    }

    static func doses(_ courses: [Course], at site: String = "QS-001") -> String {
        "site,client,dosed_on,dose_mg\n" + courses.map { $0.rows(at: site) }.joined()
    }

    /// The first four clinics of `TrialFiles` with four clients each, the first and third with the intervention. Some leave;
    /// one of the third clinic misses eight days and comes back.
    enum Arms {
        static let enrolled = "2026-01-15"
        private static let leaves: [String: String] = [
            "QS-001a": "2026-04-20", "QS-002a": "2026-02-20", "QS-002b": "2026-04-05", "QS-003a": "2026-06-01",
            "QS-004a": "2026-03-01", "QS-004b": "2026-05-10",
        ]
        static let clinics = (1...4).map { "QS-00\($0)" }
        private static let people = clinics.flatMap { clinic in ["a", "b", "c", "d"].map { (clinic, "\(clinic)\($0)") }
        }

        static let plans = """
            trial,role,outcome,rank,scale,higher_is,method,name
            T1,client,dropout,primary,time_to_event,worse,paired_cox,Dropout

            """
        static let allocations =
            "trial,site,arm,allocated_on\n"
            + clinics.enumerated().map {
                "T1,\($0.element),\($0.offset % 2 == 0 ? "intervention" : "control"),2026-01-10\n"
            }.joined()
        static let participants =
            "trial,site,participant,role,enrolled_on,left_treatment_on,exit_reason\n"
            + people.map { clinic, who in
                let left = leaves[who]
                return "T1,\(clinic),\(who),client,\(enrolled),\(left ?? ""),\(left == nil ? "" : "dropout")\n"
            }.joined()
        /// The trial is known of until then.
        static let assessments =
            "trial,site,participant,role,visit_month,instrument,assessed_on,value\n"
            + people.map { "T1,\($0.0),\($0.1),client,6,drug_use,2026-07-31,0\n" }.joined()
        static let doses =
            "site,client,dosed_on,dose_mg\n"
            + people.flatMap { clinic, who in
                let last = leaves[who] ?? "2026-07-31"
                let courses =
                    who == "QS-003b"
                    ? [Course(who, "2026-01-10", "2026-03-09"), Course(who, "2026-03-18", last)]
                    : [Course(who, "2026-01-10", last)]
                return courses.map { $0.rows(at: clinic) }
            }.joined()

        /// In the order in which they are loaded, but for the doses.
        static let all = [
            TrialFiles.sites, TrialFiles.reports, TrialFiles.trials, plans, allocations, participants, assessments,
        ]
    }
}
