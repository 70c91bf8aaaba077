/// Events per unit of exposure, e.g. dropouts per 100 person-months in treatment.
public enum Rate {
    /// Events from which Byar's approximation agrees with Garwood's limits to three digits; below it, Garwood.
    public static let byarFromEvents = 10.0

    /// Events per `per` units of exposure with a Poisson interval: Byar from 10 events, Garwood's exact below.
    ///
    /// No exposure: `noDenominator`, or `eventsWithoutExposure` if events were counted all the same.
    /// Negative numbers and those beyond 2⁵³: `impossibleCounts`.
    public static func estimate(events: Double, exposure: Double, per: Double, level: Double = 0.95) -> Estimate {
        events < byarFromEvents
            ? garwood(events: events, exposure: exposure, per: per, level: level)
            : byar(events: events, exposure: exposure, per: per, level: level)
    }

    /// Events per `per` units of exposure with exact Poisson limits (Garwood 1936); errors as in `estimate`.
    public static func garwood(events: Double, exposure: Double, per: Double, level: Double = 0.95) -> Estimate {
        if let fault = fault(events, exposure, per, level) { return .unavailable(fault) }
        guard let limits = PoissonInterval.garwood(events: events, level: level) else {
            return .unavailable(.notComputable)
        }
        let interval = limits.scaled(by: per / exposure)
        return value(events, exposure, per, (.garwood, interval))
    }

    /// Events per `per` units of exposure with Byar's limits (Breslow & Day 1987, eq. 2.13); errors as in `estimate`.
    public static func byar(events: Double, exposure: Double, per: Double, level: Double = 0.95) -> Estimate {
        if let fault = fault(events, exposure, per, level) { return .unavailable(fault) }
        guard let limits = PoissonInterval.byar(events: events, level: level) else {
            return .unavailable(.notComputable)
        }
        let interval = limits.scaled(by: per / exposure)
        return value(events, exposure, per, (.byar, interval))
    }

    private static func fault(_ events: Double, _ exposure: Double, _ per: Double, _ level: Double) -> Unavailable? {
        guard events.isCountable, exposure.isCountable, per.isFinite, per > 0 else {
            return .impossibleCounts
        }
        guard exposure > 0 else { return events > 0 ? .eventsWithoutExposure : .noDenominator }
        return Interval.tail(ofLevel: level) == nil ? .invalidLevel : nil
    }

    private static func value(
        _ events: Double, _ exposure: Double, _ per: Double, _ limits: (method: Method, interval: Interval)
    ) -> Estimate {
        .checked(
            .init(
                point: events * per / exposure, interval: limits.interval, method: limits.method,
                numerator: events, denominator: exposure))
    }
}
