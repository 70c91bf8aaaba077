import Ingest

/// The register of events, `events.csv`: what the clinics' charts are marked with, and one usual level begun anew.
enum SampleEvents {
    static let headers = ["event", "kind", "site", "within", "happened_on", "ended_on", "owner", "reason", "rebases"]

    /// Months since the improving clinic has kept its better level: enough to learn a new one from.
    static let monthsSinceRebase = 9

    static func file(_ programme: SampleProgramme) -> SampleFile {
        let rows = events(programme).enumerated().map { number, event in
            let cells = [
                "E-\(Month.twoDigits(number + 1))", event.kind, event.site, event.region, event.month.date(day: 1),
                event.until.map { $0.date(day: $0.days) } ?? "", "Programme office (simulated)", event.reason,
                event.rebases ? "yes" : "no",
            ]
            return cells.joined(separator: ",") + "\n"
        }
        let text = headers.joined(separator: ",") + "\n" + rows.joined()
        return SampleFile(name: "events.csv", bytes: SampleText.byteOrderMarkUTF8 + Array(text.utf8))
    }

    private struct Event {
        let kind: String
        var site = ""
        var region = ""
        let month: Month
        var until: Month?
        let reason: String
        var rebases = false
    }

    private static func events(_ programme: SampleProgramme) -> [Event] {
        let (first, last) = (programme.firstMonth, programme.lastMonth)
        var events = [
            Event(
                kind: "policy", month: last - 20,
                reason: "New national guideline: doses of 60 mg and more are encouraged 新指南：鼓励 60 毫克及以上剂量"),
            Event(
                kind: "stock_out", region: SampleRegion.all[0].code, month: last - 27, until: last - 27,
                reason: "Urine test kits ran out for two weeks 尿检试剂断货两周"),
        ]
        for clinic in programme.clinics {
            switch clinic.course {
            case .positivityStepsUp(let from):
                events.append(
                    Event(
                        kind: "move", site: clinic.site, month: first + from,
                        reason: "The clinic moved to another part of the town 门诊搬到城区另一处"))
            case .improves(let from):
                events.append(
                    Event(
                        kind: "other", site: clinic.site, month: first + from,
                        reason: "The clinic stays open until eight in the evening 门诊开放时间延长至晚上八点"))
                events.append(
                    Event(
                        kind: "other", site: clinic.site, month: last - (monthsSinceRebase - 1),
                        reason: "Agreed with the province: the better level is the usual one now 与省里商定：以好转后的水平为通常水平",
                        rebases: true))
            default: continue
            }
        }
        return events.sorted { $0.month < $1.month }
    }
}
