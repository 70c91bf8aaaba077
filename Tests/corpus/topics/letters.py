"""Texts that look harmless until a program believes them."""
from .folder import lines

SITES = "site,name,region"


def write(folder):
    folder("formulas.csv", lines(
        SITES, "C-301,=HYPERLINK(\"\"http://x\"\"),QS", "C-302,+1+1,QS", "C-303,-2+3,QS", "C-304,@SUM(A1),QS",
        "=1+1,Name,QS", "C-305,=cmd|' /C calc'!A0,QS"))
    folder("scripts.csv", lines(SITES, "C-306,<script>alert(1)</script>,QS", "C-307,'; drop table site; --,QS",
                                "C-308,\\N,QS", "C-309,\\.,QS", "C-310,{curly} $1 %s \\u0000,QS"))
    folder("emoji_and_right_to_left.csv", lines(
        SITES, "C-311,Clinic 👩🏽‍⚕️🏥,QS", "C-312,عيادة الميثادون,QS", "C-313,\u202eright to left\u202c,QS",
        "C-314,e\u0301 with a mark of its own,QS", "C-315,\uffff\U0010ffff,QS", "😀,Name,QS"))
    folder("control_characters.csv", lines(SITES, "C-316,bell \x07 and escape \x1b[2J,QS", "C\x1b-1,Name,QS"))
    folder("client_control_character.csv", lines("site,client,dosed_on,dose_mg", "C-317,12\x1b3,2024-03-01,60",
                                                 'C-317,"12\n3",2024-03-02,60', "C-317,124,2024-03-03,60"))
    long(folder)


def long(folder):
    rows = "site,month,opening,remark"
    folder("cell_of_65536.csv", lines(rows, f"C-318,2024-03,120,{'x' * 65_536}"))
    folder("cell_of_65537.csv", lines(rows, f"C-319,2024-03,120,{'x' * 65_537}"))
    folder("cell_quoted_of_65537.csv", lines(rows, f'C-320,2024-03,120,"{"x" * 65_537}"', "C-320,2024-04,120,"))
    folder("long_texts.csv", lines(SITES, f"C-321,{'n' * 201},QS", f"C-322,{'门' * 200},QS", f"{'C' * 5000},Name,QS"))
    folder("one_line.csv", "a," * 100_000)
