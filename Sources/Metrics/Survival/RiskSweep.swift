/// Walks several risk tables along the same ascending times.
struct RiskSweep {
    private let table: RiskTable
    private let events: [Double]
    private var row = 0
    private var entered = 0
    private var atRisk = 0.0

    init(_ table: RiskTable, events: [Double]) {
        (self.table, self.events) = (table, events)
    }

    /// How many are at risk at a time and how many of them have the event then; times must not fall.
    mutating func advance(to time: Double) -> (atRisk: Double, events: Double) {
        while entered < table.entering.count, table.entering[entered].time < time {
            atRisk += table.entering[entered].count
            entered += 1
        }
        while row < table.times.count, table.times[row] < time {
            atRisk -= table.leaving(row)
            row += 1
        }
        return (atRisk, row < table.times.count && table.times[row] == time ? events[row] : 0)
    }
}
