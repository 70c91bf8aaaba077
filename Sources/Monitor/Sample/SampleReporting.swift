import Ingest

/// Writes every clinic's reports: first submissions with their faults and times, then the corrections.
struct SampleReporting {
    private(set) var submissions: [SampleSubmission] = []
    /// Months submitted after the deadline, found while the times are drawn.
    private(set) var lateness: [SampleFault] = []
    private var random: SampleRandom
    private let first: Month
    private let months: Int
    private let history: SampleHistory
    private let faults: [String: [SampleFault]]

    /// Probability that a report is late: in most clinics, and in one clinic out of 17.
    private static let late = (usual: 0.03, habitual: 0.35, habitualEvery: 17)
    /// A report is due on this day of the following month.
    static let deadlineDay = 10

    init(history: SampleHistory, faults: [SampleFault], seed: UInt64, first: Month) {
        self.history = history
        self.faults = Dictionary(grouping: faults.filter { $0.site != nil }, by: { $0.site ?? "" })
        self.first = first
        months = history.firstSeenThisYear.count
        random = SampleRandom(seed: seed, stream: -4)
    }

    mutating func report(_ clinic: SampleClinic) {
        let counts = history.counts[clinic.index]
        for (index, count) in counts.enumerated() {
            let month = first + index
            let kinds = kinds(at: clinic, month)
            guard let count, !kinds.contains(.neverSubmitted), !kinds.contains(.notYetReported) else { continue }
            let time = submissionTime(clinic, month, kinds: kinds)
            let truth = SampleRow(site: clinic.site, month: month, submittedAt: time, counts: count)
            var row = truth
            let earlier = index > 0 ? counts[index - 1].map { SampleRow(of: clinic, counts: $0) } : nil
            for kind in kinds { SampleClerk.spoil(&row, by: kind, earlier: earlier) }
            if kinds.contains(.formerCode), let code = clinic.formerCode { row.site = code }
            overlook(in: &row, clinic: clinic)
            submissions.append(SampleSubmission(row: row, region: clinic.region, version: 1, arrival: month))
            correct(truth, clinic: clinic, kinds: kinds)
        }
        if case .closes(let last) = clinic.course { reportAfterClosing(clinic, last: last) }
    }

    private func kinds(at clinic: SampleClinic, _ month: Month) -> [SampleFaultKind] {
        (faults[clinic.site] ?? []).filter { $0.month == month }.map(\.kind)
    }

    /// Office hours of the first days of the following month, or later; always before the end of the sample.
    private mutating func submissionTime(
        _ clinic: SampleClinic, _ month: Month, kinds: [SampleFaultKind]
    ) -> String {
        let probability = clinic.index % Self.late.habitualEvery == 0 ? Self.late.habitual : Self.late.usual
        // A row with another fault is on time, so that each fault can be studied by itself.
        let isLate = random.happens(probability) && kinds.isEmpty
        let lastDay = month == first + months - 1 ? SampleProgramme.cutDay - 1 : 27
        let day = isLate ? random.whole(in: Self.deadlineDay + 1...lastDay) : random.whole(in: 1...Self.deadlineDay - 1)
        if isLate { lateness.append(SampleFault(kind: .late, site: clinic.site, month: month)) }
        return time(month + 1, day: day)
    }

    private mutating func time(_ month: Month, day: Int) -> String {
        let clock = [random.whole(in: 8...17), random.whole(in: 0...59), random.whole(in: 0...59)]
        return month.date(day: day) + "T" + clock.map(Month.twoDigits).joined(separator: ":") + "+08:00"
    }

    /// Takes away the dropouts not yet noticed in the month, if any: half of them.
    private func overlook(in row: inout SampleRow, clinic: SampleClinic) {
        for fault in faults[clinic.site] ?? [] where fault.kind == .dropoutsCorrectedUpwards {
            let monthsSince = row.month - fault.month
            guard (0..<SampleFaultPlan.overlookedMonths).contains(monthsSince) else { continue }
            let dropouts = history.counts[clinic.index][fault.month - first]?[.exitDropout] ?? 0
            SampleClerk.overlook(dropouts / 2, in: &row, isFirstMonth: monthsSince == 0)
        }
    }

    /// The corrected version, which says the truth and comes some months after.
    private mutating func correct(_ truth: SampleRow, clinic: SampleClinic, kinds: [SampleFaultKind]) {
        let arrival: Month
        if kinds.contains(.corrected) {
            arrival = truth.month + random.whole(in: 1...3)
        } else if kinds.contains(.dropoutsCorrectedUpwards) || kinds.contains(.caseloadCorrectedDownwards) {
            let starts = (faults[clinic.site] ?? []).filter { $0.kind == .dropoutsCorrectedUpwards }.map(\.month)
            let start = starts.filter { $0 <= truth.month }.max() ?? truth.month
            arrival = start + SampleFaultPlan.overlookedMonths
        } else {
            return
        }
        var row = truth
        row.submittedAt = time(arrival + 1, day: random.whole(in: 1...Self.deadlineDay - 1))
        submissions.append(SampleSubmission(row: row, region: clinic.region, version: 2, arrival: arrival))
    }

    /// Somebody sends the closed clinic's last full month again under a new date.
    private mutating func reportAfterClosing(_ clinic: SampleClinic, last: Int) {
        guard let counts = history.counts[clinic.index][last - 1] else { return }
        let month = first + last + 2
        let time = time(month + 1, day: 5)
        let row = SampleRow(site: clinic.site, month: month, submittedAt: time, counts: counts)
        submissions.append(SampleSubmission(row: row, region: clinic.region, version: 1, arrival: month))
    }
}

extension SampleRow {
    /// Counts alone, to copy from.
    fileprivate init(of clinic: SampleClinic, counts: SampleCounts) {
        self.init(site: clinic.site, month: .first, submittedAt: "", counts: counts)
    }
}
