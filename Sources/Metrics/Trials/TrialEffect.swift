/// How a trial's effect is estimated; the raw string is its name in files, plans and JSON.
public enum TrialMethod: String, CaseIterable, Sendable {
    /// Participants adjusted without the arm, then a t test of clinics' means (Gail et al. 1996).
    case twoStage = "two_stage"
    /// The same as a ratio, ln(O/E) by clinic: of yes or no.
    case twoStageRatio = "two_stage_ratio"
    /// The same means without the assumption that arms vary alike.
    case welch
    /// The same means over all allocations that could have been drawn.
    case permutation
    /// Follow-up visits adjusted for baseline, levels of clinics and participants, Kenward & Roger.
    case mixedModel = "mixed_model"
    /// Moreover clinics that drift from visit to visit.
    case mixedModelVisits = "mixed_model_visits"
    /// Baseline among the outcomes with one mean for both arms, so that nobody is left out.
    case mixedModelBaseline = "mixed_model_baseline"
    /// Arm by visit with baseline among the outcomes, Satterthwaite: as such trials are published.
    case mixedModelPublished = "mixed_model_published"
    /// Logistic model of the visit with levels of clinics by 25-point quadrature; the arms' shares as averages over the trial.
    case logisticMixedModel = "logistic_mixed_model"
    /// The same model's odds ratio within a clinic.
    case logisticOddsRatio = "logistic_odds_ratio"
    /// Independence working correlation, clinics as clusters, Kauermann & Carroll's errors.
    case estimatingEquations = "estimating_equations"
    /// t with residuals' signs turned clinic by clinic, the null imposed.
    case wildBootstrap = "wild_bootstrap"

    /// Whether the estimate is a ratio, without effect at 1.
    public var isRatio: Bool { self == .twoStageRatio || self == .logisticOddsRatio }

    /// Whether it finds effects that are not there too often where clinics drift from visit to visit (the table of
    /// docs/operating-characteristics.md): it is shown for comparison, and agrees or disagrees with nothing.
    public var isTooBold: Bool { self == .mixedModelPublished || self == .mixedModelBaseline }

    /// Those that an outcome of a kind can be put to, the one to lead with first.
    public static func all(binary: Bool) -> [TrialMethod] {
        binary
            ? [
                .twoStage, .permutation, .welch, .logisticMixedModel, .estimatingEquations, .wildBootstrap,
                .twoStageRatio,
                .logisticOddsRatio,
            ]
            : [
                .twoStage, .permutation, .welch, .mixedModel, .mixedModelVisits, .mixedModelBaseline,
                .mixedModelPublished,
                .estimatingEquations, .wildBootstrap,
            ]
    }
}

/// The effect of a trial's intervention by one method, treated less control, or treated over control.
public struct TrialEffect: Equatable, Sendable {
    /// What must be said beside it.
    public enum Note: Equatable, Sendable {
        /// p could not be smaller than this, whatever had happened.
        case smallestP(Double)
        /// No effect whatever is rejected on one side or both.
        case unbounded
        /// The variance between clinics is estimated as 0.
        case clinicsAlike
        /// Degrees of freedom were held at what clinics allow.
        case degreesHeld
        /// In clinics without an event half of one was put in its place.
        case madeUpEvents(clinics: Int)
        /// Clinics without anybody to count.
        case clinicsWithoutData(Int)
        /// Allocations were sampled, not all looked at.
        case sampled
    }
    public let method: TrialMethod
    public let estimate: Double
    /// nil where no effect on that side is rejected.
    public let lower, upper: Double?
    public let level: Double
    public let p: Double?
    public let standardError: Double?
    /// Of the t distribution; nil where there is none.
    public let degrees: Double?
    public let clinics: Int
    public let participants: Int
    public internal(set) var notes: [Note] = []
    /// nil of estimates in closed form.
    public internal(set) var search: SearchEnd?

    /// Whether the estimate lies above no effect.
    public var isMore: Bool { estimate > (method.isRatio ? 1 : 0) }

    /// Whether the interval leaves out no effect.
    public var isClear: Bool {
        let none = method.isRatio ? 1.0 : 0
        return (lower.map { $0 > none } ?? false) || (upper.map { $0 < none } ?? false)
    }
}

extension TrialEffect {
    init(_ method: TrialMethod, _ test: EffectTest, clinics: Int, participants: Int) {
        let ratio = method.isRatio ? test.ratio : nil
        self.init(
            method: method, estimate: ratio?.point ?? test.estimate,
            lower: ratio?.interval.lower ?? test.interval.lower, upper: ratio?.interval.upper ?? test.interval.upper,
            level: test.interval.level, p: test.p, standardError: test.standardError, degrees: test.degrees,
            clinics: clinics, participants: participants)
    }
}
