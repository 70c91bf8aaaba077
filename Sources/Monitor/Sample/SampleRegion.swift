/// A fictional province, and the habits of its health office.
struct SampleRegion: Sendable {
    let code: String
    let name: String
    let nameChinese: String
    /// Share of the programme's clinics.
    let share: Double
    /// Files from an old Chinese spreadsheet program: GB18030, Chinese headers, CRLF.
    let writesChinese: Bool
    /// Its clinics also hand in what they know of single clients.
    var keepsClientRecords = false

    /// The name in a file's name.
    var slug: String { name.lowercased() }

    static let all = [
        SampleRegion(code: "QS", name: "Qingshan", nameChinese: "青山省", share: 0.29, writesChinese: false),
        SampleRegion(code: "BH", name: "Baihe", nameChinese: "白河省", share: 0.24, writesChinese: false),
        SampleRegion(code: "YZ", name: "Yunze", nameChinese: "云泽省", share: 0.19, writesChinese: true),
        SampleRegion(code: "DL", name: "Dongling", nameChinese: "东岭省", share: 0.16, writesChinese: false),
        SampleRegion(
            code: "NY", name: "Nanyuan", nameChinese: "南原省", share: 0.12, writesChinese: false,
            keepsClientRecords: true),
    ]

    /// The number of clinics of each province: by share, rounded at the running total so that the sum is exact.
    static func clinicCounts(total: Int) -> [Int] {
        var counts: [Int] = []
        var share = 0.0
        var given = 0
        for region in all {
            share += region.share
            let upTo = Int((share * Double(total)).rounded())
            counts.append(upTo - given)
            given = upTo
        }
        return counts
    }

    /// Fictional county names by combination (10 × 7 = 70), in English and Chinese.
    static func county(_ index: Int) -> (english: String, chinese: String) {
        let heads = [
            ("Yan", "砚"), ("Di", "笛"), ("Qi", "棋"), ("Mo", "墨"), ("Zheng", "筝"), ("Yuan", "鸢"), ("Ying", "萤"),
            ("Luan", "鸾"), ("Tong", "桐"), ("Huai", "槐"),
        ]
        let tails = [
            ("xi", "溪"), ("wu", "坞"), ("ting", "汀"), ("du", "渡"), ("mo", "陌"), ("zhu", "渚"), ("lai", "濑"),
        ]
        let head = heads[index % heads.count]
        let tail = tails[index / heads.count % tails.count]
        let round = index / (heads.count * tails.count)
        let suffix = round == 0 ? "" : "\(round + 1)"
        return (head.0 + tail.0 + suffix, head.1 + tail.1 + suffix)
    }
}
