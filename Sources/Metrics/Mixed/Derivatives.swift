/// Where a quantity, its first and its second derivatives stand side by side.
///
/// The value comes first, then for each parameter its derivative and the second derivatives with those before it and
/// itself; so what depends on the first parameters only is the beginning of what depends on all.
enum Derivatives {
    /// How many numbers a value with its derivatives takes.
    static func count(parameters: Int) -> Int { 1 + parameters * (parameters + 3) / 2 }

    static func first(_ parameter: Int) -> Int { 1 + parameter * (parameter + 3) / 2 }

    /// In either order.
    static func second(_ one: Int, _ other: Int) -> Int { first(max(one, other)) + 1 + min(one, other) }
}
