/// How an estimate was obtained; the raw string is its name in JSON and in the language catalogues.
public enum Method: String, CaseIterable, Sendable {
    /// Score interval of a proportion (Wilson 1927).
    case wilson
    /// Approximate Poisson interval of a rate (Breslow & Day 1987, eq. 2.13).
    case byar
    /// Exact Poisson interval of a rate (Garwood 1936).
    case garwood
    /// A full count: everybody was counted, so there is no sampling interval.
    case census
    /// A mean from totals only: the spread between people is not known, so there is no interval.
    case mean
}
