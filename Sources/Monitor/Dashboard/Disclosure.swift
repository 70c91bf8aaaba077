/// The small-number rule: a figure that rests on fewer than five people is hidden.
///
/// Counts are hidden before anything is computed from them: what an estimator has never seen cannot leak through its
/// rate, interval or limits. What follows from differences between figures that are shown is not hidden yet.
struct Disclosure: Sendable {
    /// Fewest people that a figure may rest on.
    var fewestPeople = 5

    /// The count, without its numbers where 1 to `fewestPeople` − 1 people are behind it.
    func applied(to count: Count) -> Count {
        guard count.numerator != nil, count.denominator != nil, hides(people: count.people) else { return count }
        return Count(numerator: nil, denominator: nil, people: nil, sites: count.sites, isHidden: true)
    }

    func hides(people: Double?) -> Bool {
        guard let people else { return true }  // nobody knows how few they are
        return people > 0 && people < Double(fewestPeople)
    }
}
