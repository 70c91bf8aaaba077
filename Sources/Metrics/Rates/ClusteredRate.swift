/// Sums over the clients of a site, from which the error of its rate follows when clients can drop out repeatedly:
/// what SQL returns, a row for each site.
public struct ClientSums: Equatable, Sendable {
    public let clients: Double
    /// Σd and Σt: events and time.
    public let events: Double
    public let time: Double
    /// Σd², Σdt and Σt².
    public let eventsSquared: Double
    public let eventsTimesTime: Double
    public let timeSquared: Double

    public init(
        clients: Double, events: Double, time: Double, eventsSquared: Double, eventsTimesTime: Double,
        timeSquared: Double
    ) {
        (self.clients, self.events, self.time) = (clients, events, time)
        (self.eventsSquared, self.eventsTimesTime, self.timeSquared) = (eventsSquared, eventsTimesTime, timeSquared)
    }

    /// Sums of clients one by one.
    public init(_ clients: [(events: Double, time: Double)]) {
        self.init(
            clients: Double(clients.count), events: clients.reduce(0) { $0 + $1.events },
            time: clients.reduce(0) { $0 + $1.time }, eventsSquared: clients.reduce(0) { $0 + $1.events * $1.events },
            eventsTimesTime: clients.reduce(0) { $0 + $1.events * $1.time },
            timeSquared: clients.reduce(0) { $0 + $1.time * $1.time })
    }
}

extension Rate {
    /// Events per `per` units of time with the client as the unit of chance: var(ln r) = Σ(d − rt)²/D².
    ///
    /// Errors as in `estimate`; of one client the error cannot be known: `tooFewUnits`; without
    /// events, or where all clients have the very same rate, it would be none: `noVariation`.
    public static func clustered(_ sums: ClientSums, per: Double, level: Double = 0.95) -> Estimate {
        guard sums.events.isCountable, sums.time.isCountable else { return .unavailable(.impossibleCounts) }
        guard sums.time > 0 else { return .unavailable(sums.events > 0 ? .eventsWithoutExposure : .noDenominator) }
        guard sums.clients > 1 else { return .unavailable(.tooFewUnits) }
        let error = logError(sums)
        guard error > 0 else { return .unavailable(.noVariation) }
        guard let tail = Interval.tail(ofLevel: level) else { return .unavailable(.invalidLevel) }
        guard let z = Normal.quantile(tail).map({ -$0 }) else { return .unavailable(.notComputable) }
        let rate = sums.events / sums.time
        return .checked(
            .init(
                point: rate * per,
                interval: Interval(
                    lower: rate * per * .exp(-z * error), upper: rate * per * .exp(z * error), level: level),
                method: .clusteredRate, numerator: sums.events, denominator: sums.time))
    }

    /// The wider of the exact Poisson interval and the one with clients as the unit: people who drop out again and
    /// again make the first too narrow, few clients the second.
    public static func widest(_ sums: ClientSums, per: Double, level: Double = 0.95) -> Estimate {
        let plain = estimate(events: sums.events, exposure: sums.time, per: per, level: level)
        let clustered = clustered(sums, per: per, level: level)
        guard let narrow = plain.value?.interval, let wide = clustered.value?.interval else { return plain }
        return wide.upper - wide.lower > narrow.upper - narrow.lower ? clustered : plain
    }

    /// √Σ(d − rt)²/D, the standard error of the log of the rate.
    static func logError(_ sums: ClientSums) -> Double {
        let rate = sums.events / sums.time
        let squares = sums.eventsSquared - 2 * rate * sums.eventsTimesTime + rate * rate * sums.timeSquared
        return max(0, squares).squareRoot() / sums.events
    }
}
