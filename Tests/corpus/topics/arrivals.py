"""Files that say again what an earlier one said, or correct it."""
from .folder import monthly


def write(folder):
    report = monthly("C-381,2024-03,120,118")
    folder("1_report.csv", report, "arrivals")
    folder("2_copy.csv", report, "arrivals")
    folder("3_saved_again.csv", report.replace("\n", "\r\n"), "arrivals")
    folder("4_corrected.csv", report.replace("118", "119"), "arrivals")
    folder("5_partly.csv", monthly("C-381,2024-04,119,119", "C-381,2024-05,x,119"), "arrivals")
    folder("6_put_right.csv", monthly("C-381,2024-05,119,119"), "arrivals")
    folder("7_partly.csv", monthly("C-381,2024-04,119,119", "C-381,2024-05,x,119"), "arrivals")
