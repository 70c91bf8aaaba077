"""Small files that would be large."""
import io
import zipfile

from .parts import DOCUMENT, MAIN, OLDEST, add, packed, parts, raw, text

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
    sheets(folder)
    wide(folder)


def sheets(folder):
    """Many sheets, all of one part."""
    one = text("site", "month", "opening") + text("C-351", "2024-03", "120")
    for count in (2, 65_536):
        many = parts(f"<sheetData>{one}</sheetData>")
        tabs = "".join(f'<sheet name="{number}" sheetId="{number}" r:id="r1"/>' for number in range(1, count + 1))
        many["xl/workbook.xml"] = f'<workbook xmlns="{MAIN}" xmlns:r="{DOCUMENT}"><sheets>{tabs}</sheets></workbook>'
        folder(f"sheets_of_one_part_{count}.xlsx", packed(many))


def wide(folder):
    """Every row reaches over all columns of Excel, though one cell of it holds something."""
    header = text("site", "month", *["c"] * 16_382)
    folder("gaps.xlsx", raw(header + text("C-351") * 20_000))
    # Cells that are merged from the header down to the last row, and many small ones.
    merges = [f"{letters(first)}1:{letters(first + 255)}1048576" for first in range(5, 15_000, 256)]
    merges += [f"A{row}:A{row + 1}" for row in range(2, 1_002, 2)]
    titles = "".join(f'<c r="{letters(first)}1" t="str"><v>x</v></c>' for first in range(5, 15_000, 256))
    names = text("site", "client", "dosed_on", "dose_mg").replace("</row>", titles + "</row>")
    rows = "".join(text("C-351" if row % 2 == 0 else "", row, "2024-03-01", 60) for row in range(2, 1_002))
    cells = "".join(f'<mergeCell ref="{cells}"/>' for cells in merges)
    folder("merged_everywhere.xlsx", packed(parts(f"<sheetData>{names}{rows}</sheetData><mergeCells>{cells}</mergeCells>")))


def letters(column):
    """The name of a column, from 1: A, Z, AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


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
