"""Quotation marks, line ends and zero bytes."""
from .folder import HEADER, lines, monthly

REMARKS = "site,month,opening,remark"


def write(folder):
    marks(folder)
    ends(folder)
    zeros(folder)


def marks(folder):
    folder("quote_unterminated.csv", monthly("C-131,2024-03,120,118", 'C-131,2024-04,"118,119', "C-131,2024-05,119,119"))
    folder("quote_doubled.csv", lines(REMARKS, 'C-132,2024-03,120,"he said ""two"""', 'C-132,2024-04,118,""""'))
    folder("quote_inside_cell.csv", lines(REMARKS, 'C-133,2024-03,120,a 5" pipe', 'C-133,2024-04,118,x""y'))
    folder("quote_and_more.csv", lines(REMARKS, '"C-13"4,"2024"-03,"12"0,"a"b'))
    folder("quote_everything.csv", lines('"site","month","opening","closing"', '"C-135","2024-03","1,204","1,190"'))
    folder("quoted_line_ends.csv", lines(REMARKS, 'C-136,2024-03,120,"first\nsecond\r\nthird"', "C-136,2024-04,many,"))
    folder("quoted_delimiters.csv", lines("site;month;opening;remark", 'C-137;2024-03;120;"a;b,c\td"'))


def ends(folder):
    rows = ["C-138,2024-03,120,118", "C-138,2024-04,x,118", "C-138,2024-05,118,119"]
    folder("ends_cr.csv", monthly(*rows, end="\r"))
    folder("ends_crlf.csv", monthly(*[row.replace("138", "139") for row in rows], end="\r\n"))
    folder("ends_mixed.csv", f"{HEADER}\r\nC-140,2024-03,120,118\rC-140,2024-04,118,119\n\r\n\nC-140,2024-05,x,119")
    folder("ends_without.csv", f"{HEADER}\nC-141,2024-03,120,118")


def zeros(folder):
    good = monthly("C-142,2024-03,120,118")
    folder("nul_early.csv", good.replace("120", "1\0").encode())
    folder("nul_late.csv", (good + lines(*["C-142,2024-04,120,118"] * 500) + "C-142,2024-05,1\0,118\n").encode())
    folder("nul_padding.csv", good.encode() + bytes(8192))
