/// What is often done with a cluster-randomised trial: the last visit alone, neither baseline nor pairs looked at.
public enum PlainMethod: String, CaseIterable, Sendable {
    /// t test of clients as if they had been drawn one by one.
    case leastSquares = "least_squares"
    /// Mixed model with levels of clinics, z in the place of t.
    case wald
    /// The same model, degrees of freedom by Satterthwaite.
    case satterthwaite
    /// The same model, errors and degrees of freedom by Kenward and Roger.
    case kenwardRoger = "kenward_roger"
    /// t test of clinics' means on J − 2 degrees of freedom.
    case clusterMeans = "cluster_means"
}
