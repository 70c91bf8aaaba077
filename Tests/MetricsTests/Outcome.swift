extension Result {
    /// Why there is no value.
    var failure: Failure? { if case .failure(let failure) = self { failure } else { nil } }
}
