import Foundation
import Words

/// How far a long load has come, on one line of a terminal that is written again and again. Short loads and files show
/// nothing.
final class ProgressLine {
    private static let patience = 1.0

    private let file: String
    private let words: Words
    private let started = Date()
    private let isTerminal = isatty(STDERR_FILENO) == 1
    private var lastShown = Date.distantPast
    private var isShown = false

    init(file: String, words: Words) {
        self.file = file
        self.words = words
    }

    deinit { clear() }

    func show(rows: Int, part: Double?) {
        let now = Date()
        guard isTerminal, now.timeIntervalSince(started) > Self.patience, now.timeIntervalSince(lastShown) > 0.2
        else { return }
        lastShown = now
        isShown = true
        let percent = part.map { "\(Int($0 * 100))" } ?? "…"
        let text = words("load.progress", ["file": file, "percent": percent, "rows": words.grouped(rows)])
        write("\r\u{1B}[K\(bar(part)) \(text)")
    }

    func clear() {
        if isShown { write("\r\u{1B}[K") }
        isShown = false
    }

    private func bar(_ part: Double?) -> String {
        let full = Int((part ?? 0) * 20)
        return String(repeating: "█", count: full) + String(repeating: "░", count: 20 - full)
    }

    private func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }
}
