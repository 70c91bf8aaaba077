import Foundation

/// One item of a panel's row. Rows are flat, so that a chart, a table and a CSV file read the same ones.
enum Datum: Sendable, Equatable, Encodable {
    case text(String)
    case number(Double)
    case whole(Int)
    case flag(Bool)
    case missing

    init(_ text: String?) { self = text.map(Datum.text) ?? .missing }
    init(_ number: Double?) { self = number.map(Datum.number) ?? .missing }

    /// To six significant digits: more than a screen has points.
    var drawn: Datum {
        guard case .number(let number) = self, number != 0, number.isFinite else { return self }
        let scale = pow(10, 5 - log10(abs(number)).rounded(.down))
        return .number((number * scale).rounded() / scale)
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .text(let text): try container.encode(text)
        case .number(let number): try container.encode(number)
        case .whole(let whole): try container.encode(whole)
        case .flag(let flag): try container.encode(flag)
        case .missing: try container.encodeNil()
        }
    }

    /// As it stands in a CSV file; nothing for missing.
    var plainText: String {
        switch self {
        case .text(let text): text
        case .number(let number): number == number.rounded() && abs(number) < 1e15 ? "\(Int(number))" : "\(number)"
        case .whole(let whole): "\(whole)"
        case .flag(let flag): flag ? "true" : "false"
        case .missing: ""
        }
    }
}

typealias PanelRow = [String: Datum]
