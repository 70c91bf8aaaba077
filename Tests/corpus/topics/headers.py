"""Names of columns: of other languages, other spellings, unknown, missing, twice."""
from .folder import lines


def write(folder):
    folder("header_aliases.csv", lines("Clinic No;REPORTING MONTH;Opening_caseload;Clients at end",
                                       "C-171;2024-03;120;118"))
    folder("header_chinese_aliases.csv", lines("机构代码,统计月份,月初在治人数,月末在治人数", "C-172,2024年3月,120,118"))
    folder("header_full_width.csv", lines("ｓｉｔｅ,ＭＯＮＴＨ,　opening　", "C-173,2024-03,120"))
    folder("header_of_two_languages.csv", lines("门诊编码,month,期初在治", "C-174,2024-03,120"))
    folder("header_unknown_columns.csv", lines("site,month,opening,weather,remark", "C-175,2024-03,120,fine,none"))
    folder("header_unnamed_columns.csv", lines("site,month,opening,,", "C-176,2024-03,120,,", "C-176,2024-04,118,x,y",
                                               "C-176,2024-05,x,1,2"))
    folder("header_unknown_twice.csv", lines("site,month,opening,remark,remark", "C-177,2024-03,120,a,b",
                                             "C-177,2024-04,x,a,b"))
    folder("header_twice.csv", lines("site,month,opening,opening", "C-178,2024-03,120,121"))
    folder("header_twice_by_alias.csv", lines("site,clinic,month,opening", "C-178,C-179,2024-03,120"))
    folder("header_without_month.csv", lines("site,opening,closing", "C-178,120,118"))
    folder("header_misspelt.csv", lines("site,moth,opening,closing", "C-178,2024-03,120,118"))
    folder("header_unknown.csv", lines("alpha,beta,gamma", "1,2,3"))
    folder("header_of_no_counts.csv", lines("site,month", "C-179,2024-03"))
    folder("header_of_two_kinds.csv", lines("site,client,date,dose,result", "C-180,77,2024-03-01,60,negative"))
