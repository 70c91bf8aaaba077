import CIconv
import Foundation

@testable import Ingest

/// Any bytes as text: what is decided converts whole, and to what others make of the same bytes; pieces of any length
/// read like the whole. Byte 0 chooses the length of the pieces.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int32 {
    let all = input(bytes, count)
    guard let first = all.first else { return -1 }
    let (bytes, length) = (Array(all.dropFirst()), Int(first) % 16 + 1)
    checkUTF8(bytes, length)
    for encoding in [TextEncoding.gb18030, .utf8, .utf16LittleEndian, .utf16BigEndian] {
        let text = encoding.text(of: bytes).map { Array($0.utf8) }
        hold(text == expected(bytes, encoding), "\(encoding) at once")
        if encoding != .utf8 { checkPieces(bytes, length, encoding) }
    }
    orRefused {
        let file = Programme.file(bytes)
        let decision = try EncodingDetector.decide(file)
        let stream = try TextStream(file, decision)
        var text: [UInt8] = []
        do { while let chunk = try stream.next() { text += chunk } } catch {
            fatalError("decided \(decision), and then: \(error)")
        }
        hold(text == expected(bytes.dropFirst(decision.markLength), decision.encoding), "another \(decision)")
        hold(decision.offset < bytes.count)
    }
    return 0
}

/// What the standard library, for GB18030 Foundation, makes of bytes; nil where they are not of the encoding.
private func expected(_ bytes: some Collection<UInt8>, _ encoding: TextEncoding) -> [UInt8]? {
    let bytes = Array(bytes)
    switch encoding {
    case .utf8: return String(validating: bytes, as: UTF8.self).map { Array($0.utf8) }
    case .utf16LittleEndian: return units(bytes, low: 0, high: 1)
    case .utf16BigEndian: return units(bytes, low: 1, high: 0)
    case .gb18030: return oneCall(bytes)
    }
}

private func units(_ bytes: [UInt8], low: Int, high: Int) -> [UInt8]? {
    guard bytes.count % 2 == 0 else { return nil }
    let units = stride(from: 0, to: bytes.count, by: 2).map {
        UInt16(bytes[$0 + low]) | UInt16(bytes[$0 + high]) << 8
    }
    return String(validating: units, as: UTF16.self).map { Array($0.utf8) }
}

/// One call of iconv for all bytes; there and back again it is the same text.
private func oneCall(_ bytes: [UInt8]) -> [UInt8]? {
    guard let text = converted(bytes, "GB18030", "UTF-8") else { return nil }
    guard let back = converted(text, "UTF-8", "GB18030") else { fatalError("no way back") }
    hold(converted(back, "GB18030", "UTF-8") == text)
    return text
}

private func converted(_ bytes: [UInt8], _ from: String, _ to: String) -> [UInt8]? {
    guard let handle = iconv_open(to, from) else { return nil }
    defer { iconv_close(handle) }
    var input = bytes.map { CChar(bitPattern: $0) }
    var output = [CChar](repeating: 0, count: bytes.count * 4 + 16)
    var (inputLeft, outputLeft) = (input.count, output.count)
    let status = input.withUnsafeMutableBufferPointer { input in
        output.withUnsafeMutableBufferPointer { output in
            var (from, to) = (input.baseAddress, output.baseAddress)
            return iconv(handle, &from, &inputLeft, &to, &outputLeft)
        }
    }
    guard status != -1, inputLeft == 0 else { return nil }
    return output.dropLast(outputLeft).map { UInt8(bitPattern: $0) }
}

private func checkUTF8(_ bytes: [UInt8], _ length: Int) {
    let isValid = String(validating: bytes, as: UTF8.self) != nil
    for length in [length, max(1, bytes.count)] {
        var check = UTF8Check()
        for start in stride(from: 0, to: bytes.count, by: length) {
            check.read(Array(bytes[start..<min(bytes.count, start + length)]))
        }
        let fault = check.fault ?? check.cutCharacter
        hold((fault == nil) == isValid, "UTF8Check says \(String(describing: fault))")
        if let fault { hold(bytes[fault.offset] == fault.byte) }
        hold(fault != nil || check.sawNonASCII == bytes.contains { $0 >= 0x80 })
    }
}

private func checkPieces(_ bytes: [UInt8], _ length: Int, _ encoding: TextEncoding) {
    guard let converter = Converter(from: encoding) else { fatalError("no \(encoding)") }
    var text: [UInt8] = []
    var isFaulty = false
    for start in stride(from: 0, to: bytes.count, by: length) where !isFaulty {
        let piece = converter.convert(bytes[start..<min(bytes.count, start + length)])
        text += piece.text
        isFaulty = piece.isFaulty
    }
    let whole = isFaulty || !converter.rest.isEmpty ? nil : text
    hold(whole == expected(bytes, encoding), "\(encoding) in pieces of \(length)")
}
