/// How the variance τ² between the sites' true effects is estimated (Viechtbauer 2005; Veroniki et al. 2016).
public enum HeterogeneityEstimator: String, CaseIterable, Sendable {
    /// Restricted maximum likelihood, the product's own choice.
    case restrictedLikelihood = "restricted_likelihood"
    case likelihood
    /// Moments of Q with the weights of a fixed effect (DerSimonian & Laird 1986).
    case derSimonianLaird = "dersimonian_laird"
    /// τ² at which the weighted squares are as many as their degrees (Paule & Mandel 1982); the empirical Bayes
    /// estimator (Morris 1983) solves the same equation.
    case pauleMandel = "paule_mandel"
    /// Hunter & Schmidt 1990: near DerSimonian and Laird's, biased downwards.
    case hunterSchmidt = "hunter_schmidt"
    /// Sidik & Jonkman 2005, from the plain variance of the effects; never 0.
    case sidikJonkman = "sidik_jonkman"
    /// One true effect at all sites: τ² is taken as 0.
    case none
}
