/// A web page that was saved under the name of a report, as hospital systems and Excel itself do: how its first bytes look.
enum WebPage {
    private static let starts = [
        "<html", "<!doctype", "<?xml", "<!--", "<head", "<meta", "<title", "<link", "<style", "<script", "<body",
        "<div", "<table",
        // A page with its pictures in one file (RFC 2557), by Excel and by browsers.
        "mime-version:", "from: <saved by",
    ]
    private static let marksAndSpace: Set<UInt8> = [0xEF, 0xBB, 0xBF, 0xFF, 0xFE, 0x20, 0x09, 0x0A, 0x0D]

    static func begins(_ head: [UInt8]) -> Bool {
        // In UTF-16 every letter of a tag has a zero beside it.
        let letters = head.filter { $0 != 0 }.drop(while: marksAndSpace.contains)
        let start = String(decoding: letters.prefix(16), as: UTF8.self).lowercased()
        return starts.contains(where: start.hasPrefix)
    }
}
