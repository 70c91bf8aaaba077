import Foundation

/// A program run to its end, by posix_spawn: Foundation's Process waits for every descendant, and so for the server
/// that pg_ctl leaves running.
public enum Command {
    struct Failed: Error, CustomStringConvertible {
        let program: String
        let status: Int32
        let output: String
        var description: String { "\(program) ended with status \(status): \(output)" }
    }

    private static let env = URL(filePath: "/usr/bin/env")

    /// - Returns: what it printed; if it fails, that is in the error.
    static func output(_ program: URL, _ arguments: [String]) throws -> String {
        // A file, not a pipe: a server that the program leaves running would hold a pipe open for ever.
        let capture = FileManager.default.temporaryDirectory.appending(path: "mmt-\(UUID().uuidString).out")
        defer { try? FileManager.default.removeItem(at: capture) }
        // The account that it runs as may not enter the caller's folder, hence the change to "/".
        let status = try run(env, ["-C", "/", program.path] + arguments) { actions in
            posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
            posix_spawn_file_actions_addopen(&actions, 1, capture.path, O_WRONLY | O_CREAT | O_EXCL, 0o600)
            posix_spawn_file_actions_adddup2(&actions, 1, 2)
        }
        let output = (try? String(contentsOf: capture, encoding: .utf8)) ?? ""
        guard status == 0 else { throw Failed(program: program.lastPathComponent, status: status, output: output) }
        return output
    }

    /// Runs a program, found on the path, on the caller's own terminal.
    /// - Returns: its exit status.
    public static func onTerminal(_ program: String, _ arguments: [String]) throws -> Int32 {
        try run(env, [program] + arguments) { _ in }
    }

    private static func run(
        _ program: URL, _ arguments: [String], _ prepare: (inout posix_spawn_file_actions_t) -> Void
    ) throws -> Int32 {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        prepare(&actions)
        var words = ([program.path] + arguments).map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var child = pid_t()
        let failure = posix_spawn(&child, program.path, &actions, nil, &words, environ)
        guard failure == 0 else {
            throw Failed(program: program.path, status: failure, output: String(cString: strerror(failure)))
        }
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0 {
            guard errno == EINTR else { return -1 }
        }
        // The status that a shell shows: 128 and the signal's number where one ended it.
        return status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
    }
}
