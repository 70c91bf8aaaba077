struct QuadratureCriterion: MixedCriterion {
    private(set) var modes: ConditionalModes
    init(_ tree: ClusterTree, points: Int) { modes = ConditionalModes(tree) }
    mutating func evaluate(_ parameters: MixedParameters) -> MixedDerivatives? { nil }
}
