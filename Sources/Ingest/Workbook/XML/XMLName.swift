import CExpat
import Foundation

/// The name of an element or attribute without its prefix, lent by the parser for one call. Strict and transitional
/// files differ in namespaces only, and prefixes are the writer's choice: elements are known by their place.
struct XMLName {
    private let local: UnsafePointer<CChar>

    init(_ qualified: UnsafePointer<CChar>) {
        local = strchr(qualified, 0x3A).map { UnsafePointer($0 + 1) } ?? qualified
    }

    static func ~= (name: StaticString, candidate: XMLName) -> Bool {
        strcmp(UnsafeRawPointer(name.utf8Start).assumingMemoryBound(to: CChar.self), candidate.local) == 0
    }
}

/// An element's attributes, lent by the parser for one call.
struct XMLAttributes {
    /// Names and values in turn, nil after the last.
    private let list: UnsafeMutablePointer<UnsafePointer<CChar>?>

    init(_ list: UnsafeMutablePointer<UnsafePointer<CChar>?>) {
        self.list = list
    }

    subscript(name: StaticString) -> XMLValue? {
        var pair = list
        while let candidate = pair[0], let value = pair[1] {
            if name ~= XMLName(candidate) { return XMLValue(bytes: value) }
            pair += 2
        }
        return nil
    }
}

/// An attribute's value, lent by the parser for one call.
struct XMLValue {
    /// UTF-8, zero at the end.
    let bytes: UnsafePointer<CChar>

    static func ~= (text: StaticString, value: XMLValue) -> Bool {
        strcmp(UnsafeRawPointer(text.utf8Start).assumingMemoryBound(to: CChar.self), value.bytes) == 0
    }

    var string: String { String(cString: bytes) }
    var utf8: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: bytes, count: strlen(bytes)) }
    var integer: Int? { Int(string) }
    /// As XML Schema writes it: "1" or "true".
    var isTrue: Bool { string == "1" || string == "true" }
}
