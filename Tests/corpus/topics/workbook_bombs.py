"""Small files that would be large."""
import io
import zipfile

from .parts import MAIN, OLDEST, add, packed, parts, raw, text

MEBIBYTE = 1 << 20


def write(folder):
    folder("bomb.xlsx", swollen("xl/worksheets/sheet1.xml", f'<worksheet xmlns="{MAIN}"><sheetData>'.encode(), b" ",
                                b"</sheetData></worksheet>"))
    folder("zeros.xlsx", swollen("xl/sharedStrings.xml", b"", b"\0", b""))
    folder("entries.xlsx", packed({f"a{number}": "" for number in range(10_001)}))
    long = f"<si><t>{'x' * 60_000}</t></si>"
    folder("row_bomb.xlsx", raw("<row>" + '<c t="s"><v>0</v></c>' * 80 + "</row>", strings=long))
    folder("shared_bomb.xlsx", raw("".join(f'<row r="{row}">' + '<c t="s"><v>0</v></c>' * 20 + "</row>"
                                           for row in range(1, 2_000)), strings=long))
    header = text("site", "month", "opening")
    folder("shared_bomb_below_header.xlsx", raw(header + ("<row>" + '<c t="s"><v>0</v></c>' * 20 + "</row>") * 2_000,
                                                strings=long))


def swollen(part, start, filler, end):
    """A workbook one part of which holds 256 MiB of one byte."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, text in parts("").items():
            if name != part:
                add(archive, name, text)
        entry = zipfile.ZipInfo(part, OLDEST)
        entry.compress_type = zipfile.ZIP_DEFLATED
        with archive.open(entry, "w") as out:
            out.write(start)
            for _ in range(256):
                out.write(filler * MEBIBYTE)
            out.write(end)
    return stream.getvalue()
