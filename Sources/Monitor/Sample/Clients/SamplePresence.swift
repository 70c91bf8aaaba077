import Ingest

/// The days of a month on which a client was in treatment: the report counts months, the records tell days.
struct SamplePresence: Sendable {
    let record: SampleClientMonth
    /// First and last day of the month.
    let days: ClosedRange<Int>

    init(_ record: SampleClientMonth, daysOfMonth: Int, random: inout SampleRandom) {
        self.record = record
        days = Self.days(record, of: daysOfMonth, &random)
    }

    private static func days(
        _ record: SampleClientMonth, of daysOfMonth: Int, _ random: inout SampleRandom
    ) -> ClosedRange<Int> {
        let (isEntering, isLeaving) = (record.entry != nil, record.exit != nil)
        guard isEntering || isLeaving else { return 1...daysOfMonth }
        guard let attendance = record.attendance else {
            let first = isEntering ? random.whole(in: 1...daysOfMonth) : 1
            return first...(isLeaving ? random.whole(in: first...daysOfMonth) : daysOfMonth)
        }
        // Room for every dose, and for tests on days of their own.
        let part = Int((attendance.part * Double(daysOfMonth)).rounded(.up))
        let length = min(max(part, attendance.days, attendance.tests.scheduled, 1), daysOfMonth)
        let latest = daysOfMonth - length + 1
        let first = !isEntering ? 1 : isLeaving ? random.whole(in: 1...latest) : latest
        return first...(first + length - 1)
    }
}
