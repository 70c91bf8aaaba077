"""Delimiters, titles, blank rows, rows of another width."""
from .folder import HEADER, lines, monthly


def write(folder):
    delimiters(folder)
    titles(folder)
    widths(folder)


def delimiters(folder):
    folder("semicolons.csv", monthly("C-151,2024-03,120,118").replace(",", ";"))
    folder("tabs.tsv", monthly("C-152,2024-03,120,118").replace(",", "\t"))
    folder("sep_line.csv", "sep=;\n" + monthly("C-153,2024-03,120,118").replace(",", ";"))
    folder("pipes.csv", monthly("C-154,2024-03,120,118").replace(",", "|"))
    folder("decimal_commas.csv", lines("site;month;methadone_mg", "C-155;2024-03;12904,5", "C-155;2024-04;12904.5"))


def titles(folder):
    report = monthly("C-156,2024-03,120,118")
    folder("title_rows.csv", "Monthly report of methadone clinics\n\nQingshan, March 2024,,\n" + report)
    folder("title_with_comma.csv",
           "Monthly report, Qingshan province\n" + report.replace("156", "157").replace(",", ";"))
    folder("title_of_nine_rows.csv", "a note\n" * 9 + report.replace("156", "158"))
    folder("title_of_ten_rows.csv", "a note\n" * 10 + report.replace("156", "159"))
    folder("header_repeated.csv", report.replace("156", "160") + monthly("C-160,2024-04,118,119"))
    folder("blank_rows.csv", "\n ,,,\n" + HEADER + "\n\n,,,\nC-161,2024-03,120,118\n   \n,,,\n\nC-161,2024-04,118,119\n\n")
    folder("letter.csv", "Dear colleagues,\nplease find our numbers below.\nWith kind regards\n")
    folder("blank_lines_only.csv", "\n  \n\r\n,,,\n")
    folder("header_only.csv", HEADER + "\n")
    folder("header_only_without_end.csv", HEADER)


def widths(folder):
    folder("rows_short_and_long.csv", monthly(
        "C-162,2024-03,120", "C-162,2024-04,120,118,", "C-162,2024-05,120,118", "C-162,2024-06", "C-162"))
    for columns in (16_384, 70_000):  # as many as Excel has, and more
        more = columns - 4
        folder(f"columns_{columns}.csv", lines(HEADER + "".join(f",c{n}" for n in range(more)), "C-163,2024-03,120,118"
                                               + "," * more, "C-163,2024-04,x,118" + "," * more), "wide")
