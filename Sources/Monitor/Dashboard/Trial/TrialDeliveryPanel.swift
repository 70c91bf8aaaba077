import Words

/// How much of the intervention arrived, clinic by clinic.
extension TrialWriter {
    func deliveryPanel() -> Panel? {
        let treated = read.clinics.filter { $0.isIntervention == true }
        guard !treated.isEmpty else { return nil }
        let rows = treated.map(deliveryRow)
        let (held, planned) = sums("provider_group", treated)
        let (interviews, plannedInterviews) = sums("client_interview", treated)
        return Panel(
            id: TrialPanelName.delivery.rawValue, kind: .table,
            title: words("trial.delivery.title"), subtitle: words("trial.delivery.subtitle"),
            sentence: words(
                "trial.delivery.sentence",
                [
                    "held": words.grouped(held), "planned": words.grouped(planned),
                    "interviews": words.grouped(interviews),
                    "planned_interviews": words.grouped(plannedInterviews),
                    "share": plannedInterviews > 0
                        ? numbers.number(100 * Double(interviews) / Double(plannedInterviews), digits: 0) : "0",
                ]),
            caveat: words("trial.delivery.caveat"),
            columns: columns([
                ("label", "table.site"), ("groupsText", "trial.column.groups"),
                ("attendedText", "trial.column.attended"),
                ("interviewsText", "trial.column.interviews"), ("minutesText", "trial.column.minutes"),
            ]),
            rows: rows, links: links(.delivery))
    }

    /// Sessions held, and planned by the protocol: so many groups a clinic, so many interviews a client.
    private func sums(_ form: String, _ clinics: [TrialClinic]) -> (held: Int, planned: Int) {
        clinics.reduce((0, 0)) { sum, clinic in
            let own = read.sessions.filter { $0.site == clinic.id && $0.form == form }
            return (sum.0 + own.reduce(0) { $0 + $1.held }, sum.1 + planned(form, clinic, own))
        }
    }

    private func planned(_ form: String, _ clinic: TrialClinic, _ own: [TrialSessions]) -> Int {
        let entered = own.reduce(0) { $0 + $1.planned }
        if form == "provider_group" { return trial.plannedGroupSessions ?? entered }
        let clients = read.visits.filter { $0.site == clinic.id && $0.role == "client" }.map(\.enrolled).max() ?? 0
        return trial.plannedInterviews.map { $0 * clients } ?? entered
    }

    private func deliveryRow(_ clinic: TrialClinic) -> PanelRow {
        let groups = read.sessions.filter { $0.site == clinic.id && $0.form == "provider_group" }
        let interviews = read.sessions.filter { $0.site == clinic.id && $0.form == "client_interview" }
        let providers = read.visits.filter { $0.site == clinic.id && $0.role == "provider" }.map(\.enrolled).max() ?? 0
        let (heldGroups, plannedGroups) = (groups.reduce(0) { $0 + $1.held }, planned("provider_group", clinic, groups))
        let heldInterviews = interviews.reduce(0) { $0 + $1.held }
        let plannedInterviews = planned("client_interview", clinic, interviews)
        let attended = groups.reduce(0) { $0 + $1.attended }
        let timed = interviews.reduce(0) { $0 + $1.timed }
        let of = { (part: Int, whole: Int) in
            words("trial.of", ["part": words.grouped(part), "whole": words.grouped(whole)])
        }
        return [
            "label": .text(clinic.name.text(in: language)), "site": .text(clinic.code),
            "url": .text("/sites/\(clinic.code)"),
            "state": .text("value"), "groupsText": .text(of(heldGroups, plannedGroups)),
            "attendedText": .text(of(attended, heldGroups * providers)),
            "interviewsText": .text(of(heldInterviews, plannedInterviews)),
            "value": .number(plannedInterviews > 0 ? Double(heldInterviews) / Double(plannedInterviews) : 0),
            "text": .text(of(heldInterviews, plannedInterviews)),
            "minutesText": .text(
                timed > 0
                    ? numbers.number(Double(interviews.reduce(0) { $0 + $1.minutes }) / Double(timed), digits: 0) : ""),
        ]
    }
}
