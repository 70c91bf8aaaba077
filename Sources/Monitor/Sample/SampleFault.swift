import Ingest

/// Something put into the sample on purpose, as it happens in real reporting; the list is complete.
struct SampleFault: Hashable, Sendable {
    let kind: SampleFaultKind
    /// Site code in the registry; nil when a whole file is concerned.
    let site: String?
    /// The month reported on, or for a clinic's course the month in which it begins.
    let month: Month
    /// The file, when a whole file is concerned.
    var file: String?
}

/// The kinds of fault, in the order of the list in README.txt.
enum SampleFaultKind: CaseIterable, Sendable {
    // The clinic: something for an official to find.
    case dropoutDriftsUp, positivityStepsUp, improves, opened, closed, fewerThanFiveClients
    // The calendar.
    case late, neverSubmitted, notYetReported, closedYetReports
    // Versions.
    case corrected, dropoutsCorrectedUpwards, caseloadCorrectedDownwards
    // Values: flagged.
    case totalsDoNotAdd, openingIsNotLastClosing, emptyReport, copiedMonth, zeroForMissingUrine, methadoneInMillilitres
    // Values: refused.
    case notWhole, negative, positivesOverDone, unknownSite
    // Writing.
    case formerCode, thousandsSeparators, fullWidthDigits, utf16File, brokenFile

    /// Whether the counts of the row are wrong as they stand, so that no identity can be expected of it.
    var spoilsCounts: Bool {
        switch self {
        case .totalsDoNotAdd, .openingIsNotLastClosing, .emptyReport, .copiedMonth, .zeroForMissingUrine: true
        case .methadoneInMillilitres, .notWhole, .negative, .positivesOverDone, .closedYetReports: true
        default: false
        }
    }

    /// The fault in plain words.
    var sentence: String {
        switch self {
        case .dropoutDriftsUp: "Dropout rises month after month, from the month given to the last: the clinic to find."
        case .positivityStepsUp: "Urine positivity steps up, from the month given, after the clinic moved house."
        case .improves: "Dropout and positivity fall for a year, from the month given."
        case .opened: "The clinic opens."
        case .closed: "The clinic closes at the end of the month; its clients are transferred."
        case .fewerThanFiveClients: "A tiny clinic: never more than 4 clients at once."
        case .late: "Submitted after the deadline (the 10th of the following month)."
        case .neverSubmitted: "Never submitted."
        case .notYetReported: "Not yet reported."
        case .closedYetReports: "The closed clinic reports: its last full month under another date."
        case .corrected: "Submitted again later with other urine results."
        case .dropoutsCorrectedUpwards: "Dropouts noticed months later: the month is submitted again with more of them."
        case .caseloadCorrectedDownwards: "Submitted again with a smaller caseload, because of dropouts noticed late."
        case .totalsDoNotAdd: "Closing is not opening + in - out."
        case .openingIsNotLastClosing: "Opening is not the last closing."
        case .emptyReport: "On time, but empty."
        case .copiedMonth: "The previous month's counts copied."
        case .zeroForMissingUrine: "Zero written for urine tests that were not reported."
        case .methadoneInMillilitres: "Methadone in ml of a 10 mg/ml solution instead of mg."
        case .notWhole: "A count that is not a whole number."
        case .negative: "A negative count."
        case .positivesOverDone: "More positive tests than tests done."
        case .unknownSite: "A site code that does not exist (the letter O for a zero)."
        case .formerCode: "The clinic's former code (an alias in sites.csv)."
        case .thousandsSeparators: "Thousands separated by commas in the whole file."
        case .fullWidthDigits: "Full-width digits in the whole file."
        case .utf16File: "The file is UTF-16, little-endian, with a byte-order mark."
        case .brokenFile: "Not a CSV at all: the beginning of an XLSX file, renamed."
        }
    }
}
