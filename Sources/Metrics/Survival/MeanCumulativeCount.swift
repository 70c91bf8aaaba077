/// The mean number of events of a person by time, events recurring (Nelson 1988; Lawless & Nadeau 1995), e.g. dropouts
/// of a client since the first admission. A person stays at risk between events, in treatment or not: it is a count
/// for each person, not a rate for each day in treatment.
public struct MeanCumulativeCount: Sendable {
    /// One person: watched to `end`, with these event times.
    public struct Person: Equatable, Sendable {
        public let end: Double
        public let events: [Double]

        public init(end: Double, events: [Double]) {
            (self.end, self.events) = (end, events)
        }
    }

    /// Event times, ascending.
    public let times: [Double]
    /// Σ d/n up to each time.
    public let counts: [Double]
    /// √Σᵢ (Σ (dᵢ − Yᵢ d/n)/n)², with each person's own events as one unit.
    public let standardErrors: [Double]

    public init(_ people: [Person]) {
        let times = Set(people.flatMap { person in person.events.filter { $0 <= person.end } }).sorted()
        let ends = people.map(\.end).sorted()
        var influence = Array(repeating: 0.0, count: people.count)
        var (counts, errors): ([Double], [Double]) = ([], [])
        var mean = 0.0
        for time in times {
            let n = Double(ends.count - ends.partitioningIndex { $0 >= time })
            let own = people.map { person in
                person.end >= time ? Double(person.events.count { $0 == time }) : 0
            }
            let rate = own.reduce(0, +) / n
            mean += rate
            for (index, person) in people.enumerated() where person.end >= time {
                influence[index] += (own[index] - rate) / n
            }
            counts.append(mean)
            errors.append(influence.reduce(0) { $0 + $1 * $1 }.squareRoot())
        }
        (self.times, self.counts, standardErrors) = (times, counts, errors)
    }

    /// The mean number of events by a time and its standard error.
    public func value(at time: Double) -> (count: Double, standardError: Double) {
        let after = times.partitioningIndex { $0 > time }
        return after > 0 ? (counts[after - 1], standardErrors[after - 1]) : (0, 0)
    }
}
