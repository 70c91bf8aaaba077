import Foundation

/// A file's columns by name; what is no number is NaN.
func columns(_ path: String) throws -> [String: [Double]] {
    let text = try String(contentsOfFile: path, encoding: .utf8)
    var lines = text.split(separator: "\n").makeIterator()
    let names = lines.next()?.split(separator: ",").map(String.init) ?? []
    var columns = Array(repeating: [Double](), count: names.count)
    while let line = lines.next() {
        for (index, field) in line.split(separator: ",", omittingEmptySubsequences: false).enumerated() {
            columns[index].append(Double(field) ?? .nan)
        }
    }
    return Dictionary(uniqueKeysWithValues: zip(names, columns))
}

/// Prints a figure's name, median seconds of the processor, least, most, and a number to compare with R's. Not seconds of
/// the clock: other programs share the machine. What takes less than a hundredth of a second is repeated.
func measure(_ name: String, runs: Int = 9, repeats: Int = 1, _ work: () -> Double) {
    var check = 0.0
    let seconds = (0..<runs).map { _ in
        let start = clock()
        for _ in 0..<repeats { check = work() }
        return Double(clock() - start) / Double(CLOCKS_PER_SEC) / Double(repeats)
    }.sorted()
    print(name, seconds[runs / 2], seconds[0], seconds[runs - 1], check)
}

/// Numbers for labels, in the order of their appearance.
func codes(_ labels: [Double]) -> [Int] {
    var places: [Double: Int] = [:]
    return labels.map { label in
        if let known = places[label] { return known }
        places[label] = places.count
        return places.count - 1
    }
}

/// xorshift64* (Vigna 2016): the same draws in every run.
struct BenchmarkGenerator: RandomNumberGenerator {
    private var state: UInt64 = 20_130_612

    mutating func next() -> UInt64 {
        state ^= state >> 12
        state ^= state << 25
        state ^= state >> 27
        return state &* 2_685_821_657_736_338_717
    }
}
