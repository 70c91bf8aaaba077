"""What other files refer to: the registry, a calendar, two trials."""
from .folder import lines

#: Codes that other topics speak of by name.
SPECIAL = [
    "001,Zeros in front,QS,2010-01-01,,",
    "1001,A number,QS,2010-01-01,,",
    "QINGSHAN-1,Near by name,QS,2010-01-01,,",
    "SHUT-1,Closed,YH,2010-01-01,2020-12-31,",
    "LATE-1,Opened late,YH,2023-01-01,,",
    "PAUSE-1,Suspended for a time,YH,2010-01-01,2021-12-31,",
    "TWICE-1,Open in two periods,YH,2010-01-01,2019-12-31,",
]


def write(folder):
    clinics = [f"C-{number},Clinic {number},QS,2010-01-01,,{'OLD-101' if number == 101 else ''}"
               for number in range(101, 400)]
    folder("01_sites.csv", lines("site,name,region,opened_on,closed_on,aliases", *clinics, *SPECIAL), "first")
    folder("02_calendar.csv", lines("site,starts_on,ends_on,status",
                                    "PAUSE-1,2022-01-01,2022-06-30,suspended", "PAUSE-1,2022-07-01,,open",
                                    "TWICE-1,2021-01-01,,open"), "first")
    folder("03_trials.csv", lines("trial,name,design,planned_clusters,starts_on",
                                  "CARE,A trial of training,paired,6,2024-01-01",
                                  "CARE-2,A larger one,stratified,68,2026-01-01"), "first")
