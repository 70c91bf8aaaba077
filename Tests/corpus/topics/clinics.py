"""Clinics that are unknown, closed, not open yet; rows that say a thing twice."""
from .folder import lines, monthly


def write(folder):
    folder("clinic_near.csv", monthly("QINGSHAM-1,2024-03,120,118", "qingshan-1,2024-03,120,118"))
    folder("clinic_unknown.csv", monthly("ZZZZZZ-99,2024-03,120,118", "QINGSHAN-1,2024-04,118,118", ",2024-03,1,1"))
    folder("clinic_closed.csv", monthly("SHUT-1,2020-12,120,118", "SHUT-1,2021-02,118,119"))
    folder("clinic_suspended.csv", monthly("PAUSE-1,2021-12,120,118", "PAUSE-1,2022-03,118,119", "PAUSE-1,2022-08,1,1"))
    folder("clinic_before_opening.csv", monthly("LATE-1,2022-12,120,118", "LATE-1,2023-01,118,119"))
    folder("month_to_come.csv", monthly("C-201,2049-12,120,118", "C-201,2024-03,120,118"))
    folder("all_refused.csv", monthly("ZZZZZZ-98,2024-03,120,118", "C-202,2024-13,120,118", "C-202,2024-03,x,118"))
    folder("rows_twice.csv", monthly(
        "C-203,2024-03,120,118", "C-203,2024-03,120,118", "C-203,2024年3月,121,118", "c-203,2024-04,1,1", "C-203,202404,1,1",
        "C-203,2024-05,x,1", "C-203,2024-05,1,1"))
    folder("rows_twice_by_alias.csv", monthly("C-101,2024-04,118,119", "old-101,2024-04,118,119"))
    folder("counts_that_do_not_add.csv", lines(
        "site,month,opening,new,readmitted,transferred_in,exit_dropout,exit_transferred,exit_completed,exit_disciplinary,"
        "exit_detained,exit_hospital,exit_moved,exit_died,exit_other,closing",
        "C-204,2024-03,100,3,1,1,3,1,0,0,0,0,0,0,0,90", "C-204,2024-04,100,3,1,1,3,1,0,0,0,0,0,0,0,101"))
    registries(folder)


def registries(folder):
    folder("sites_other_case.csv", lines("site,name,region", "c-205,Clinic 205,QS"))
    folder("sites_alias_taken.csv", lines("site,name,region,aliases", "C-206,Clinic 206,QS,old-101|OLD-206",
                                          "C-207,Clinic 207,QS,OLD-207"))
    folder("sites_alias_twice.csv", lines("site,name,region,aliases", "C-208,Clinic 208,QS,OLD-208",
                                          "C-209,Clinic 209,QS,OLD-208"))
    folder("sites_closed_before_reopening.csv", lines("site,name,region,opened_on,closed_on",
                                                      "TWICE-1,Open in two periods,YH,2010-01-01,2020-06-30"))
    folder("sites_opened_after_first_period.csv", lines("site,name,region,opened_on",
                                                        "TWICE-1,Open in two periods,YH,2020-06-01"))
    # An alias that is the code of another clinic of the same file, below it and above it; and the other way round.
    folder("sites_alias_and_code.csv", lines("site,name,region,aliases", "C-352,Clinic 352,QS,NEW-353",
                                             "new-353,Clinic 353,QS,", "NEW-354,Clinic 354,QS,",
                                             "C-355,Clinic 355,QS,x|NEW-354", "OLD-101,Clinic 356,QS,"))
