/// One method applied to one month.
public struct OutlierTest: Equatable, Sendable {
    /// Index of the month in the series.
    public let month: Int
    public let method: OutlierMethod
    public let result: Result<OutlierFinding, Unavailable>

    public init(month: Int, method: OutlierMethod, result: Result<OutlierFinding, Unavailable>) {
        self.month = month
        self.method = method
        self.result = result
    }

    /// The finding, or nil when there was no test.
    public var finding: OutlierFinding? { try? result.get() }
}

/// The tests of one series, or of many put together, with the alarms that chance alone would give.
public struct OutlierReport: Equatable, Sendable {
    public let tests: [OutlierTest]

    public init(tests: [OutlierTest]) {
        self.tests = tests
    }

    public var outliers: [OutlierTest] { tests.filter { $0.finding?.isOutlier ?? false } }

    /// Tests that could be made at all.
    public var testsMade: Int { tests.count { $0.finding != nil } }

    /// How many of the tests made would call a month in which nothing happened; methods that agree count each.
    public var falseAlarmsExpected: Double { tests.reduce(0) { $0 + ($1.finding?.falseAlarm ?? 0) } }

    /// The tests of some methods only.
    public func only(_ methods: Set<OutlierMethod>) -> OutlierReport {
        OutlierReport(tests: tests.filter { methods.contains($0.method) })
    }
}
