public import Foundation

/// The language catalogues: one folder a language in `web/words`, each file a flat object of key and text.
public struct Catalogues: Sendable {
    public enum Failure: Error, CustomStringConvertible {
        case unreadable(String)
        /// The order of files is the file system's: which text would win is not known.
        case keyTwice(String, String)
        public var description: String {
            switch self {
            case .unreadable(let file):
                "The language catalogue \(file) cannot be read: it must be a flat JSON object of texts."
            case .keyTwice(let key, let file):
                "The key \(key) of the language catalogue \(file) is in another file of its folder too: take one out."
            }
        }
    }

    private let words: [Language: Words]

    /// - Parameter folder: `web/words`.
    public init(_ folder: URL) throws {
        words = try Dictionary(
            uniqueKeysWithValues: Language.allCases.map { language in
                (language, Words(language: language, texts: try Self.texts(folder.appending(path: language.rawValue))))
            })
    }

    public subscript(language: Language) -> Words {
        words[language] ?? Words(language: language, texts: [:])
    }

    private static func texts(_ folder: URL) throws -> [String: String] {
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        return try files.filter { $0.pathExtension == "json" }.reduce(into: [:]) { all, file in
            guard let texts = try? JSONDecoder().decode([String: String].self, from: Data(contentsOf: file)) else {
                throw Failure.unreadable(file.path)
            }
            for (key, text) in texts where all.updateValue(text, forKey: key) != nil {
                throw Failure.keyTwice(key, file.path)
            }
        }
    }
}
