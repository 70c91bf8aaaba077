import Foundation
import Words

@testable import Ingest

/// What the readers stand on without a database: a registry of three clinics, two regions and one trial, the language
/// catalogues, and a day that is today.
enum Programme {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    static let vocabulary: Vocabulary = {
        guard let catalogues = try? Catalogues(root.appending(path: "web/words")) else {
            fatalError("the catalogues are not in \(root.path)/web/words")
        }
        return Vocabulary(catalogues)
    }()
    static let today = Day("2026-11-22") ?? Month.first.first
    static let sites = SiteRegistry(
        [("QS-001", 1), ("QS-002", 2), ("YH-001", 3), ("OLD-1", 1)], openings: [1: Month("2020-01") ?? .first])

    static func cells(_ clients: ClientRegister = ClientRegister(nil)) -> CellParser {
        CellParser(
            codes: KnownCodes(sites: sites, regions: ["QS": 1, "YH": 2], trials: ["BEHAVIOUR"]), clients: clients,
            vocabulary: vocabulary, today: today)
    }

    static func file(_ bytes: some Sequence<UInt8>) -> ReceivedFile {
        var rest: Data? = Data(bytes)
        do {
            return try ReceivedFile(name: "fuzzed") {
                defer { rest = nil }
                return rest
            }
        } catch { fatalError("no scratch file: \(error)") }
    }
}

/// What libFuzzer lends for one call.
func input(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> [UInt8] {
    Array(UnsafeBufferPointer(start: bytes, count: count))
}

/// A promise that optimised code keeps, with its message, which `precondition` loses there.
func hold(
    _ isKept: Bool, _ message: @autoclosure () -> String = "", file: StaticString = #fileID, line: UInt = #line
) {
    if !isKept { fatalError(message(), file: file, line: line) }
}

/// Runs what may refuse its input. Any other error is a finding: a reader has thrown what nobody catches.
func orRefused(_ body: () throws -> Void) {
    do { try body() } catch let refusal as FileRefusal {
        hold(FileRefusal.codes.contains(refusal.code), "no words for \(refusal.code)")
    } catch { fatalError("neither read nor refused: \(error)") }
}
