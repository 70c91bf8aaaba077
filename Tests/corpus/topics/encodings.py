"""One text in every encoding that clinics send, and bytes that are none."""
from .folder import lines, monthly

ENGLISH = "site,month,opening,remark"
CHINESE = "门诊编码,月份,期初在治,备注"
#: A column name of three characters: in UTF-8 nine bytes, which GB18030 cannot read in pairs.
ODD = "门诊编码,月份,新入组,期初在治"
LONG = 30_000


def write(folder):
    marks(folder)
    late(folder)
    cut(folder)
    mixed(folder)


def marks(folder):
    folder("utf8_ascii.csv", monthly("C-101,2024-03,120,118"))
    folder("utf8_chinese.csv", lines(CHINESE, "C-102,2024年3月,１２０,正常"))
    folder("utf8_bom.csv", "\ufeff" + lines(CHINESE, "C-103,2024年3月,１２０,正常"))
    text = lines(CHINESE, "C-104,2024年3月,１２０,正常", end="\r\n")
    folder("utf16le_bom.csv", b"\xff\xfe" + text.encode("utf-16-le"))
    folder("utf16be_bom.csv", b"\xfe\xff" + text.replace("C-104", "C-105").encode("utf-16-be"))
    text = lines(ENGLISH, "C-106,2024-03,120,正常一", end="\r\n")
    folder("utf16le.csv", text.encode("utf-16-le"))
    folder("utf16be.csv", text.replace("C-106", "C-107").encode("utf-16-be"))
    folder("utf32le_bom.csv", b"\xff\xfe\0\0" + text.encode("utf-32-le"))
    folder("gbk.csv", lines(CHINESE, "C-108,2024年3月,１２０,正常").encode("gbk"))
    folder("gb18030_four_bytes.csv", lines(ENGLISH, "C-109,2024-03,120,𠮷田㐀").encode("gb18030"))
    folder("bom_only.csv", b"\xef\xbb\xbf")


def late(folder):
    """The first byte that is not ASCII stands behind a megabyte."""
    rows = [f"C-110,20{10 + month // 12}-{month % 12 + 1:02d},120,{'x' * LONG}" for month in range(40)]
    folder("gbk_after_1_mb.csv", lines(ENGLISH, *rows, "C-110,2020-01,120,备注").encode("gbk"))
    rows = [row.replace("C-110", "C-111") for row in rows]
    folder("utf8_after_1_mb.csv", lines(ENGLISH, *rows, "C-111,2020-01,120,备注"))


def cut(folder):
    """The end is missing, in the middle of a character."""
    folder("utf8_cut_end.csv", f"{ODD}\nC-112,2024-03,1,12备".encode()[:-1])
    # Every run of Chinese is even in bytes, so the whole also reads as GB18030, as nonsense.
    folder("utf8_cut_end_even.csv", f"{CHINESE}\nC-113,2024-03,120,备注".encode()[:-2])
    folder("gbk_cut_end.csv", f"{CHINESE}\nC-114,2024-03,120,备注".encode("gbk")[:-1])
    folder("utf16le_odd.csv", b"\xff\xfe" + monthly("C-115,2024-03,120,118").encode("utf-16-le") + b"\x0a")
    folder("utf16le_lone_surrogate.csv",
           b"\xff\xfe" + monthly("C-116,2024-03,120,118").encode("utf-16-le") + b"\x00\xd8\x0a\x00")


def mixed(folder):
    # E9 and a comma are no character of GB18030.
    folder("latin1.csv", lines(ENGLISH, "C-117,2024-03,120,café").encode("latin-1") + b"C-117,2024-04,120,caf\xe9,\n")
    folder("bom_in_the_middle.csv", "\ufeff" + monthly("C-118,2024-03,120,118")
           + "\ufeff" + monthly("\ufeffC-118,2024-04,118,119"))
    folder("utf8_then_gbk.csv", lines(ODD).encode() + lines("C-119,2024年3月,1,120").encode("gbk"))
    folder("unread_mixture.csv", lines(ENGLISH, "C-120,2024-03,120,备注").encode()
           + lines("C-120,2024-04,120,备注").encode("gbk"))
