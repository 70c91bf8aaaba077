import Ingest

/// One file of the sample.
struct SampleFile: Sendable {
    let name: String
    let bytes: [UInt8]
}

/// Thrown when a sample cannot be made as asked.
enum SampleError: Error, Equatable, CustomStringConvertible {
    case clinicsOutOfRange(Int)
    case monthsOutOfRange(Int)
    case monthOutOfRange(Month)
    case encodingUnavailable(String)

    var description: String {
        switch self {
        case .clinicsOutOfRange(let clinics): "\(clinics) clinics: the sample needs \(SampleProgramme.clinicRange)"
        case .monthsOutOfRange(let months): "\(months) months: the sample needs \(SampleProgramme.monthRange)"
        case .monthOutOfRange(let month): "\(month): the sample ends in a month of 2001–2050"
        case .encodingUnavailable(let encoding): "iconv on this machine does not write \(encoding)"
        }
    }
}
