"""Names of files: of other bytes, of other lines, of other folders."""
from .folder import monthly

NAMES = [
    "new\nline.csv", "..%2f..%2fetc%2fpasswd.csv", "..\\..\\up.csv", "二月.csv".encode("gbk"), b"\xff\xfe.csv",
    "-rf.csv", " space .csv", "😀.csv", "\u202efdp.csv", "n" * 246 + ".csv", "no_ending", "report.exe", "\x1b[2J.csv",
    "quote\"and'.csv", "...",
]


def write(folder):
    for number, name in enumerate(NAMES):
        folder(name, monthly(f"C-{351 + number},2024-03,120,118"), "names")
