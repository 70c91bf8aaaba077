import Ingest

/// README.txt: that nothing here is real, how to make it again, and the list of what was put in on purpose.
enum SampleReadme {
    static func file(_ programme: SampleProgramme) -> SampleFile {
        let lines = introduction(programme) + faultList(programme.faults) + SampleClientReadme.lines(programme)
        let text = lines.joined(separator: "\n") + "\n"
        return SampleFile(name: "README.txt", bytes: Array(text.utf8))
    }

    private static func introduction(_ programme: SampleProgramme) -> [String] {
        [
            "A SIMULATED methadone maintenance programme, made by MMT Monitor.",
            "此处一切省份、门诊、服药者和数字均为模拟，与任何真实地方和个人无关。",
            "",
            "Nothing in this folder is real: provinces, clinics, clients and counts are drawn from random numbers. Sizes",
            "and rates take their shape from published national figures (Bull World Health Organ 2013;91:130-135, table 2,",
            "2009-2011; Sullivan 2015), but no figure here estimates anything.",
            "",
            "seed: \(programme.seed)",
            "clinics: \(programme.clinics.count)",
            "months: \(programme.firstMonth) to \(programme.lastMonth)",
            "taken: \((programme.lastMonth + 1).date(day: SampleProgramme.cutDay)) (after it nothing has arrived)",
            "",
            "Load sites.csv first, then events.csv, then the monthly files from the oldest to the newest; a corrected file",
            "comes after the files of the month at the end of its name.",
            "Deadline: the \(SampleReporting.deadlineDay)th of the following month.",
            "Two simulated trials (trial_*.csv) come last, in the order trials, plans, allocations, participants, assessments,",
            "sessions, episodes, doses: six clinics, and all clinics in pairs. Their intervention works because the simulation",
            "lets it; the scale of stigma is not in the plan and is moved by nothing. The episodes and doses are those of the",
            "clients of the six clinics' trial, which was over before the first report: some stay away for a week or more and",
            "come back, so that rules of missed days count more dropouts than the team.",
            "A simulated roll-out (rollouts.csv) brings a training to clinic after clinic, in an order drawn by lot; from its",
            "third month on dropout at a clinic is 0.8 times what it would be. Load it last.",
            "A blank cell is \"not reported\", never zero. The parts of a cohort (in, dropout, transferred, died, unknown) are",
            "those of a first, uninterrupted stay, and \"unknown\" holds all other ways to leave.",
            "",
            "What was put in on purpose, completely:",
        ]
    }

    private static func faultList(_ faults: [SampleFault]) -> [String] {
        SampleFaultKind.allCases.flatMap { kind -> [String] in
            let places = faults.filter { $0.kind == kind }.map { fault in
                fault.file ?? "\(fault.site ?? "") \(fault.month)"
            }
            return places.isEmpty ? [] : ["", "- \(kind.sentence)"] + lines(of: places)
        }
    }

    /// Five places a line.
    private static func lines(of places: [String]) -> [String] {
        stride(from: 0, to: places.count, by: 5).map { start in
            "  " + places[start..<min(start + 5, places.count)].joined(separator: ", ")
        }
    }
}
