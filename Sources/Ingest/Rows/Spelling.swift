/// What somebody may have meant who wrote a word that is not known.
public enum Spelling {
    private static let longest = 20
    private static let mostSlips = 2

    /// The known word that is fewest slips away, if at most two; nil otherwise. Case does not count.
    public static func nearest(_ word: String, among known: [String]) -> String? {
        let wanted = Array(word.uppercased())
        guard wanted.count <= longest else { return nil }
        return known.map { ($0, slips(wanted, Array($0.uppercased()))) }
            .filter { $0.1 <= mostSlips }.min { $0.1 < $1.1 }?.0
    }

    /// Levenshtein 1966: insertions, deletions and substitutions between two words.
    private static func slips(_ a: [Character], _ b: [Character]) -> Int {
        var row = Array(0...b.count)
        for (i, x) in a.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, y) in b.enumerated() {
                let above = row[j + 1]
                row[j + 1] = min(above + 1, row[j] + 1, diagonal + (x == y ? 0 : 1))
                diagonal = above
            }
        }
        return row[b.count]
    }
}
