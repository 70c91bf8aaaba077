/// What a stock gained or lost since the month before.
public enum MonthlyChange {
    /// Each month less the month before, in the unit of the stock and aligned with it; nil where either is missing.
    ///
    /// A stock such as the caseload remembers: nearly everybody of this month was there last month. Its XmR chart
    /// goes beyond its limits in 98 of 100 stable clinics within two years, that of its change in 18
    /// (script/oracle/false_alarms.R). So chart the change, and draw the stock beside it.
    public static func series(of stock: [Double?]) -> [Double?] {
        stock.indices.map { index in
            guard index > 0, let now = stock[index], let before = stock[index - 1] else { return nil }
            return now - before
        }
    }
}
