/// How an estimate was obtained; the raw string is its name in JSON and in the language catalogues.
public enum Method: String, CaseIterable, Sendable {
    /// Score interval of a proportion (Wilson 1927).
    case wilson
    /// Approximate Poisson interval of a rate (Breslow & Day 1987, eq. 2.13).
    case byar
    /// Exact Poisson interval of a rate (Garwood 1936).
    case garwood
    /// Share still in treatment with delayed entry (Kaplan & Meier 1958), limits on the ln(−ln S) scale.
    case kaplanMeier = "kaplan_meier"
    /// Area under the Kaplan–Meier curve up to a horizon.
    case restrictedMean = "restricted_mean"
    /// Share gone for one reason while others compete (Aalen & Johansen 1978), limits on the ln(−ln F) scale.
    case aalenJohansen = "aalen_johansen"
    /// A full count: everybody was counted, so there is no sampling interval.
    case census
    /// A mean from totals only: the spread between people is not known, so there is no interval.
    case mean
}
