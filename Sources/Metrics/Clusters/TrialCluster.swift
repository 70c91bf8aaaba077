/// A clinic of a trial by one number, which is what was randomised.
public struct TrialCluster: Equatable, Sendable {
    /// Mean, proportion, residual mean, or the logarithm of a risk or a rate.
    public let value: Double
    public let isTreated: Bool
    /// Clinics of one stratum, or of one pair, were randomised among each other.
    public let stratum: Int
    /// Of the clinic as a whole, such as its caseload; as many in each clinic.
    public let covariates: [Double]

    public init(value: Double, isTreated: Bool, stratum: Int = 0, covariates: [Double] = []) {
        (self.value, self.isTreated, self.stratum, self.covariates) = (value, isTreated, stratum, covariates)
    }
}

/// Events of a clinic on the scale of ratios.
public enum LogEvents {
    /// ln of a clinic's risk; of no event in n it is that of 0.5/(n + 1) (Hayes & Moulton 2017, ch. 10), which the page
    /// says. Nil for impossible counts.
    public static func risk(events: Double, members: Double) -> Double? {
        guard members > 0, events >= 0, events <= members, members.isFinite else { return nil }
        return .log(events > 0 ? events / members : 0.5 / (members + 1))
    }

    /// ln of events per unit of time; of no event that of half an event. Nil without time.
    public static func rate(events: Double, time: Double) -> Double? {
        guard time > 0, events >= 0, time.isFinite, events.isFinite else { return nil }
        return .log((events > 0 ? events : 0.5) / time)
    }
}
