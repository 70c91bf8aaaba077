/// The persons of one file: each clinic's number of a client gets a place, from 0, and a code for the database.
/// A hash table of its own, for ten million rows ask it: open addressing, numbers in one run of bytes.
final class ClientRegister {
    private struct Entry {
        let site: Int32
        let start: Int
        let length: Int32
        /// Whether a row that speaks of the person is valid: others are strangers to the database.
        var isMet = false
    }

    private let pseudonyms: Pseudonyms?
    private var entries: [Entry] = []
    private var bytes: [UInt8] = []
    /// Places in `entries`; -1 is free.
    private var slots = [Int32](repeating: -1, count: 1 << 12)

    init(_ pseudonyms: Pseudonyms?) {
        self.pseudonyms = pseudonyms
    }

    var count: Int { entries.count }

    /// The place of a clinic's client.
    func place(site: Int, number: UnsafeBufferPointer<UInt8>) -> Int {
        var slot = hash(site, number) & (slots.count - 1)
        while slots[slot] >= 0 {
            let place = Int(slots[slot])
            if isEntry(place, site, number) { return place }
            slot = (slot + 1) & (slots.count - 1)
        }
        slots[slot] = Int32(entries.count)
        entries.append(Entry(site: Int32(site), start: bytes.count, length: Int32(number.count)))
        bytes.append(contentsOf: number)
        if entries.count * 2 > slots.count { grow() }
        return entries.count - 1
    }

    func meet(_ place: Int) { entries[place].isMet = true }
    func isMet(_ place: Int) -> Bool { entries[place].isMet }

    func site(of place: Int) -> Int { Int(entries[place].site) }

    /// What the database knows the client by: the pseudonym, or without a key the number itself.
    func code(of place: Int) -> String {
        let entry = entries[place]
        let number = bytes[entry.start..<entry.start + Int(entry.length)]
        return pseudonyms?.pseudonym(of: number) ?? String(decoding: number, as: UTF8.self)
    }

    /// A code as the quarantine keeps it: where there is a key, as it would keep a client's number.
    func seal(_ code: String) -> String { pseudonyms?.pseudonym(of: Array(code.utf8)) ?? code }

    private func isEntry(_ place: Int, _ site: Int, _ number: UnsafeBufferPointer<UInt8>) -> Bool {
        let entry = entries[place]
        guard entry.site == Int32(site), entry.length == Int32(number.count) else { return false }
        return bytes.withUnsafeBufferPointer { known in
            for index in 0..<number.count where known[entry.start + index] != number[index] { return false }
            return true
        }
    }

    /// FNV-1a (Fowler, Noll & Vo 1991), mixed once more so that its low bits are good.
    private func hash(_ site: Int, _ number: UnsafeBufferPointer<UInt8>) -> Int {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325 ^ UInt64(truncatingIfNeeded: site)
        for byte in number { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        hash ^= hash >> 32
        return Int(truncatingIfNeeded: (hash &* 0x9E37_79B9_7F4A_7C15) >> 20)
    }

    private func grow() {
        slots = [Int32](repeating: -1, count: slots.count * 2)
        for (place, entry) in entries.enumerated() {
            let slot = bytes.withUnsafeBufferPointer { known in
                var slot =
                    hash(
                        Int(entry.site),
                        UnsafeBufferPointer(rebasing: known[entry.start..<entry.start + Int(entry.length)]))
                    & (slots.count - 1)
                while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
                return slot
            }
            slots[slot] = Int32(place)
        }
    }
}
