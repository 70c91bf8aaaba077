import Ingest

/// Something that the programme brings to its clinics one after the other.
struct Rollout: Sendable, Equatable {
    let code: String
    let name: BilingualName
    /// By which it is judged, fixed beforehand; nil: none was named.
    let indicator: String?
    /// The day on which a file first named the indicator; nil where none is named, or the reader may not see the file.
    let namedOn: Day?
    /// The clinics of it that the reader may see, and those of them that begin.
    let clinics, planned: Int
    let firstStart, lastStart: Day?

    var url: String { "/rollouts/\(code)" }
    var apiURL: String { "/api/v1\(url)" }
}

/// A clinic of a roll-out.
struct RolloutClinic: Sendable, Equatable {
    let id: Int
    let code: String
    let name: BilingualName
    /// The month in which it begins; nil: not planned, it stands beside the others.
    let starts: Month?
    let phaseInMonths: Int

    var firstFullMonth: Month? { starts.map { $0 + phaseInMonths } }
}

/// How firmly an indicator was fixed before anything could be known of the outcome.
enum RolloutStanding: String, Sendable {
    /// Named in a file that was there before the first clinic began.
    case fixed
    /// Named, in a file that came after the first clinic had begun.
    case late
    /// Named, on a day that this reader may not know.
    case named
    /// Another one than was named.
    case exploratory

    init(_ rollout: Rollout, _ indicator: String) {
        guard rollout.indicator == indicator else {
            self = .exploratory
            return
        }
        guard let named = rollout.namedOn, let first = rollout.firstStart else {
            self = .named
            return
        }
        self = named <= first ? .fixed : .late
    }
}

/// Not an indicator that a roll-out can be judged by.
struct UnknownRolloutIndicator: Error {
    let indicator: String
}

/// Not a clinic of the roll-out, or not the reader's.
struct UnknownRolloutSite: Error {
    let site: String
}
