import Ingest

/// One clinic's dispensary in one month: what each client's days, dose and urine add to the report.
struct SampleDispensary {
    let daysOfMonth: Int
    /// Probability of attending on a day, and of a positive and a done test, for an average client.
    let attendance: Double
    let positivity: Double
    let testDone: Double
    /// Mean maintenance dose of the clinic in milligrams.
    let meanDoseMg: Double

    init(_ clinic: SampleClinic, _ conditions: SampleConditions) {
        daysOfMonth = conditions.month.days
        attendance = clinic.attendance * conditions.attendance
        positivity = SampleRates.positivity * conditions.positivity * clinic.positivity(at: conditions.index)
        testDone = SampleRates.testDone * clinic.testing
        meanDoseMg = conditions.doseMg * clinic.dose
    }

    /// Counts one client's month and tells what it was; those who come or go are there for a part of it.
    func count(
        _ stay: SampleStay, random: inout SampleRandom, into counts: inout SampleCounts
    ) -> SampleAttendance {
        let part = stay.isEntering || stay.exit != nil ? random.uniform() : 1
        var attendance = SampleAttendance(part: part)
        if stay.exit == .dropout, !stay.isEntering, part < SampleRates.lastDoseTheMonthBefore { return attendance }
        let missed = SampleRates.mostMissed * random.uniform() * random.uniform()
        let attended = part * self.attendance * (1 - missed) * Double(daysOfMonth)
        let days = min(max(1, Int(attended.rounded())), daysOfMonth)
        let doseMg = stay.client.doseMg(programmeMeanMg: meanDoseMg)
        counts[.clientsDosed] += 1
        counts[.clientDays] += days
        counts[.methadoneMg] += days * doseMg
        // Neither in induction (the first month) nor tapering off (those who complete).
        if stay.client.monthsInStay > 0, stay.exit != .completed {
            counts[.onMaintenance] += 1
            if doseMg >= 60 { counts[.on60mg] += 1 }
        }
        (attendance.days, attendance.doseMg) = (days, doseMg)
        attendance.tests = countTests(stay, random: &random, into: &counts)
        return attendance
    }

    private func countTests(
        _ stay: SampleStay, random: inout SampleRandom, into counts: inout SampleCounts
    ) -> SampleAttendance.Tests {
        let positive = min(positivity * stay.client.positiveTendency, SampleRates.mostPositive)
        let second = stay.isEntering ? SampleRates.secondTest.entry : SampleRates.secondTest.later
        let scheduled = random.happens(second) ? 2 : 1
        var done = 0
        var positives = 0
        for _ in 0..<scheduled where random.happens(testDone) {
            done += 1
            if random.happens(positive) { positives += 1 }
        }
        counts[.testsScheduled] += scheduled
        counts[.testsDone] += done
        counts[.testsPositive] += positives
        if done > 0 { counts[.clientsTested] += 1 }
        if positives > 0 { counts[.clientsPositive] += 1 }
        return SampleAttendance.Tests(scheduled: scheduled, done: done, positive: positives)
    }
}

/// One client's presence in one month.
struct SampleStay {
    let client: SampleClient
    let isEntering: Bool
    /// How the stay ends in this month, if it does.
    let exit: SampleExit?
}
