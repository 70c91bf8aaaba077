import Foundation
import Words

/// Where the program's own files are: `sql/` and `web/`.
struct Home: Sendable {
    let folder: URL
    var sql: URL { folder.appending(path: "sql") }
    var web: URL { folder.appending(path: "web") }

    struct Missing: Error, CustomStringConvertible {
        let looked: [String]
        var description: String {
            "The folders sql and web of mmt were not found (looked in \(looked.joined(separator: ", "))). "
                + "Name the folder that holds them in MMT_HOME."
        }
    }

    /// `MMT_HOME`, or a folder above the program (a checkout), or `share/mmt` beside its `bin`.
    static func find(_ environment: [String: String]) throws -> Home {
        if let named = environment["MMT_HOME"] {
            let home = Home(folder: URL(filePath: named))
            guard home.isComplete else { throw Missing(looked: [named]) }
            return home
        }
        let program = (Bundle.main.executableURL ?? URL(filePath: CommandLine.arguments[0])).resolvingSymlinksInPath()
        var candidates: [URL] = []
        var folder = program.deletingLastPathComponent()
        candidates.append(folder.deletingLastPathComponent().appending(path: "share/mmt"))
        while folder.path != "/" {
            candidates.append(folder)
            folder = folder.deletingLastPathComponent()
        }
        guard let home = candidates.lazy.map(Home.init).first(where: \.isComplete) else {
            throw Missing(looked: candidates.map(\.path))
        }
        return home
    }

    private var isComplete: Bool {
        [sql.appending(path: "migrations"), web.appending(path: "words")].allSatisfy {
            FileManager.default.fileExists(atPath: $0.path)
        }
    }
}

extension Catalogues {
    /// The program's own catalogues, for commands that need no database.
    static func ofProgram() throws -> Catalogues {
        try Catalogues(Home.find(ProcessInfo.processInfo.environment).web.appending(path: "words"))
    }
}
