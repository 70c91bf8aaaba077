/// What becomes of the months in which a site is trained but does not yet work in full.
public enum PhaseIn: Equatable, Sendable {
    /// There are none: the change is full from the month it starts.
    case none
    /// So many months from the start are left out.
    case leftOut(months: Int)
    /// So many months from the start have a level of their own, and tell of the seasons with the others.
    case modelled(months: Int)

    /// Months from the start to full work.
    var months: Int {
        switch self {
        case .none: 0
        case .leftOut(let months), .modelled(let months): max(0, months)
        }
    }
}
