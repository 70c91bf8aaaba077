// Spells as PostgreSQL's COPY writes them: site, day and reason as text, tabs between.
import Foundation
import Metrics

extension SpellColumns {
    init(copied bytes: [UInt8]) {
        var columns: [[Int32]] = [[], [], []]
        var (number, column): (Int32, Int) = (0, 0)
        for byte in bytes {
            if byte >= 48 {
                number = 10 * number + Int32(byte - 48)
            } else {
                columns[column].append(number)
                (number, column) = (0, byte == 10 ? 0 : column + 1)
            }
        }
        self.init(sites: columns[0].map { $0 - 1 }, exits: columns[1], reasons: columns[2].map { UInt8($0) })
    }
}

extension FileHandle {
    func allBytes() -> [UInt8] { [UInt8](readDataToEndOfFile()) }
}
