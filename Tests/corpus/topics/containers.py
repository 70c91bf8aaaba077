"""What is sent by mistake: pages, letters, archives, pictures."""
import gzip
import random
import struct

from . import sheets
from .folder import HEADER, monthly
from .parts import DOCUMENT, links, packed

PAGE = "<html><head><meta charset=utf-8></head><body><table><tr><td>site<td>month</table></body></html>"


def write(folder):
    pages(folder)
    archives(folder)
    others(folder)


def pages(folder):
    folder("page.xls", PAGE)
    folder("page_doctype.xls", "\ufeff\r\n<!DOCTYPE html>\n" + PAGE)
    folder("page_table.xls", "<TABLE border=1><tr><td>site<td>month</TABLE>")
    folder("page_style.xls", "<style>td{mso-number-format:'@'}</style>" + PAGE)
    folder("page_utf16.xls", b"\xff\xfe" + PAGE.encode("utf-16-le"))
    folder("spreadsheet_2003.xls", '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>')
    folder("single_file_page.xls", "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n" + PAGE)


def archives(folder):
    folder("plain.zip", packed({"a.csv": monthly("C-381,2024-03,120,118")}))
    folder("cut.zip", packed({"a.csv": monthly("C-381,2024-03,120,118") * 100})[:120])
    folder("nothing.zip", packed({}))
    folder("report.csv.gz", gzip.compress(monthly("C-381,2024-03,120,118").encode(), mtime=0))
    folder("letter.docx", packed({"_rels/.rels": links(("r1", f"{DOCUMENT}/officeDocument", "word/document.xml")),
                                  "word/document.xml": "<document/>"}))
    folder("binary.xlsb", packed({"_rels/.rels": links(("r1", f"{DOCUMENT}/officeDocument", "xl/workbook.bin")),
                                  "xl/workbook.bin": b"\0"}))
    folder("sheet.ods", packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"}))


def others(folder):
    folder("empty.csv", b"")
    folder("empty.xlsx", b"")
    folder("text.xlsx", HEADER + "\n")
    folder("workbook_named_csv.csv", sheets.good("C-240"))
    folder("report.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    folder("picture.png", b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + bytes(64))
    folder("letter.doc", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504) + "WordDocument".encode("utf-16-le") + bytes(512))
    folder("noise.csv", random.Random(1).randbytes(65_536))
    folder("noise_of_letters.csv", "".join(random.Random(2).choices("abcdefgh ,;0123456789\n", k=20_000)))
