#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The elementary functions of the C library under the names of swift-numerics, so that one file imports it.
extension Double {
    @inline(__always) static func log(_ x: Double) -> Double { _log(x) }
    @inline(__always) static func log1p(_ x: Double) -> Double { _log1p(x) }
    @inline(__always) static func exp(_ x: Double) -> Double { _exp(x) }
    @inline(__always) static func expm1(_ x: Double) -> Double { _expm1(x) }
    @inline(__always) static func pow(_ x: Double, _ y: Double) -> Double { _pow(x, y) }
    @inline(__always) static func cos(_ x: Double) -> Double { _cos(x) }
    @inline(__always) static func sin(_ x: Double) -> Double { _sin(x) }
    @inline(__always) static func asin(_ x: Double) -> Double { _asin(x) }
}

// Inside the extension the names above would call themselves.
@inline(__always) private func _log(_ x: Double) -> Double { log(x) }
@inline(__always) private func _log1p(_ x: Double) -> Double { log1p(x) }
@inline(__always) private func _exp(_ x: Double) -> Double { exp(x) }
@inline(__always) private func _expm1(_ x: Double) -> Double { expm1(x) }
@inline(__always) private func _pow(_ x: Double, _ y: Double) -> Double { pow(x, y) }
@inline(__always) private func _cos(_ x: Double) -> Double { cos(x) }
@inline(__always) private func _sin(_ x: Double) -> Double { sin(x) }
@inline(__always) private func _asin(_ x: Double) -> Double { asin(x) }
