/// A simulated clinic: its entry in the registry, and what makes it differ from the others.
struct SampleClinic: Sendable {
    let index: Int
    /// Site code, such as `QS-007`.
    let site: String
    let region: SampleRegion
    let name: String
    let nameChinese: String
    let affiliation: String
    let openedOn: String
    /// A code that it used formerly, and that a clerk still types now and then.
    var formerCode: String?
    let course: SampleCourse
    /// Caseload that its admissions keep up at the end of the period.
    let size: Double
    /// Multipliers of the programme's probabilities and doses.
    var dropout: Double
    var positivity: Double
    var dose: Double
    let attendance: Double
    let testing: Double
    /// Month index from which its staff are trained (`SampleRollout`); nil: they are not.
    var trainedFrom: Int?

    /// Month indices in which the clinic treats clients; those before the period are negative.
    func isOpen(at index: Int) -> Bool {
        switch course {
        case .opens(let first): index >= first
        case .closes(let last): index <= last
        default: true
        }
    }

    func closes(at index: Int) -> Bool {
        if case .closes(index) = course { true } else { false }
    }

    /// Clients that it can hold at once.
    var places: Int { course == .tiny ? SampleRates.smallestPlaces : .max }

    /// Multiplier of dropout in the month, with the clinic's own course.
    func dropout(at index: Int) -> Double {
        let dropout = dropout * (trainedFrom.map { SampleRollout.effect(sinceStart: index - $0) } ?? 1)
        return switch course {
        case .dropoutDriftsUp(let from): dropout * (1 + 0.25 * Double(max(0, index - from + 1)))
        case .improves(let from): dropout * (1.5 - 0.07 * Double(min(12, max(0, index - from + 1))))
        default: dropout
        }
    }

    /// Multiplier of positivity in the month, with the clinic's own course.
    func positivity(at index: Int) -> Double {
        switch course {
        case .positivityStepsUp(let from): positivity * (index >= from ? 1.75 : 1)
        case .improves(let from): positivity * (1.4 - 0.05 * Double(min(12, max(0, index - from + 1))))
        default: positivity
        }
    }
}

/// What happens to a clinic over the period; month indices count from the first month.
enum SampleCourse: Hashable, Sendable {
    case steady
    /// What an official should find: dropout rises month after month up to the last.
    case dropoutDriftsUp(from: Int)
    case positivityStepsUp(from: Int)
    case improves(from: Int)
    case opens(first: Int)
    case closes(last: Int)
    /// The smallest and the largest clinic.
    case tiny, huge
}
