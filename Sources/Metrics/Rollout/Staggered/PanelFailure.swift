/// Why a panel of sites gives no difference of differences.
public enum PanelFailure: Error, Equatable, Sendable {
    /// Rows of unlike length, periods that do not ascend, or numbers that are not finite.
    case impossiblePanel
    /// No site began between the first period and the last.
    case noneTreated
    /// No period in which a site that had begun can be held against one that had not.
    case noControls
    /// Fewer than two sites on a side.
    case tooFewSites
    /// What is asked about does not vary beside sites and periods.
    case noVariation
}
