/// A cluster-randomised trial to be drawn again and again: its clinics, its clients, and how alike they are.
public struct SimulatedDesign: Equatable, Sendable {
    public enum Outcome: Equatable, Sendable {
        /// Normal with variance 1: effects are in standard deviations.
        case continuous
        /// Yes or no; so large a share of the control arm says yes, and effects are differences of shares.
        case binary(share: Double)
    }

    /// Every second one is treated.
    public var clinics: Int
    /// Whether arms are drawn within pairs of neighbours.
    public var isPaired: Bool
    /// Clients of a clinic, on average.
    public var size = 30.0
    /// Coefficient of variation of clinics' sizes, which are log-normal; 0 makes all alike.
    public var sizeVariation = 0.0
    /// Every three months; with one the outcome is measured after the intervention alone.
    public var visits = 4
    public var outcome = Outcome.continuous
    /// Of two clients of a clinic at one visit (intraclass correlation, ICC).
    public var correlation: Double
    /// Of a clinic's level at two visits (cluster autocorrelation; Hooper et al. 2016).
    public var clinicAutocorrelation = 0.8
    /// Of a client's distance from the clinic at two visits (individual autocorrelation).
    public var clientAutocorrelation = 0.5
    /// Of the levels of a pair's two clinics; nothing where clinics are not paired.
    public var pairCorrelation = 0.0
    /// Treated less control at visits after the first, in the outcome's unit.
    public var effect = 0.0

    public init(clinics: Int, isPaired: Bool = false, correlation: Double) {
        (self.clinics, self.isPaired, self.correlation) = (clinics, isPaired, correlation)
    }

    /// Whether such a trial can be drawn: two clinics in each arm at least, and shares between 0 and 1.
    public var isPossible: Bool {
        let shares = [correlation, clinicAutocorrelation, clientAutocorrelation, pairCorrelation]
        let isShare = shares.allSatisfy { 0...1 ~= $0 } && correlation < 1
        let isSized = size >= 1 && size.isFinite && sizeVariation >= 0 && sizeVariation.isFinite
        guard clinics >= 4, !isPaired || clinics.isMultiple(of: 2), visits >= 1, isShare, isSized, effect.isFinite
        else { return false }
        guard case .binary(let share) = outcome else { return true }
        return [share, share + effect].allSatisfy { $0 > 0 && $0 < 1 }
    }

    var isBinary: Bool { outcome != .continuous }
}
