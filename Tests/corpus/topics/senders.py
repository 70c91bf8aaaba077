"""Senders with a policy: columns that change, files that are taken whole or not at all."""
from .folder import lines, monthly


def write(folder):
    for sender in ("changing", "strict"):
        site = {"changing": "C-371", "strict": "C-372"}[sender]
        folder("1_before.csv", lines("site,month,opening,closing,remark", f"{site},2024-01,120,118,"), sender)
        folder("2_renamed.csv", lines("site,month,opening,closing,remarks", f"{site},2024-02,118,119,"), sender)
        folder("3_other.csv", lines("site,month,opening,new", f"{site},2024-03,119,1"), sender)
    folder("1_wrong_row.csv", monthly("C-373,2024-03,120,118", "C-374,2024-03,x,118", "C-375,2024-03,120,118"), "whole")
    folder("2_right_rows.csv", monthly("C-373,2024-03,120,118", "C-374,2024-03,120,118", "C-375,2024-03,120,118"), "whole")
