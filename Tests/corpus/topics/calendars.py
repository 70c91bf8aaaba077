"""Months and days as people write them, and those that cannot be."""
from .folder import lines


def write(folder):
    months(folder)
    days(folder)
    times(folder)


def months(folder):
    good = ["2024-01", "2024/2", "202403", "2024年4月", "2024.05", "2024-06-01", "２０２４年７月", "2024-8", "2024 09",
            "2024年10月1日", "2024/11/1", "2024年12月份"]
    folder("months.csv", lines("site,month,opening", *[f"C-191,{month},120" for month in good]))
    bad = ["2024-13", "2024-00", "03/2024", "2024-03-15", "March 2024", "Mar-24", "24-03", "2024年", "二〇二四年三月",
           "1999-12", "1899-12", "2100-01", "", "45352", "0000-01",
           "2024.1"]  # as Excel saves a typed 2024.10, too
    folder("months_bad.csv", lines("site,month,opening", *[f"C-192,{month},120" for month in bad]))


def days(folder):
    header = "site,client,started_on,ended_on"
    folder("days.csv", lines(
        header, "C-193,1,2024-02-29,2024-03-01", "C-193,2,2024/2/9,2024.3.1", "C-193,3,20240209,", "C-193,4,2024年2月9日,",
        "C-193,5,2000-02-29,", "C-193,6,1900-01-01,", "C-193,7,2024-02-09 00:00:00,2024-02-10T00:00:00",
        "C-193,8,２０２４－０２－０９,"))
    folder("days_bad.csv", lines(
        header, "C-194,1,2023-02-29,", "C-194,2,1900-02-29,", "C-194,3,1899-12-31,", "C-194,4,2100-01-01,",
        "C-194,5,31/12/2023,", "C-194,6,2024-02-30,", "C-194,7,0000-00-00,", "C-194,8,45352,", "C-194,9,2024-3,",
        "C-194,10,2024-03-01 08:30,", "C-194,11,2024-03-02,2024-03-01", "C-194,12,,2024-03-01"))
    folder("days_planned.csv", lines("site,starts_on,ends_on,status", "C-195,2040-01-01,2049-12-31,closed",
                                     "C-195,2050-01-01,,open", "C-195,2100-01-01,,open", "C-195,1899-12-31,,open"))


def times(folder):
    header = "site,month,submitted_at,opening"
    folder("times.csv", lines(
        header, "C-196,2024-01,2024-02-05T16:30:00+08:00,1", "C-196,2024-02,2024-03-05 16:30,1",
        "C-196,2024-03,2024年4月5日,1", "C-196,2024-04,2024-05-05T08:30:00.5Z,1", "C-196,2024-05,2024/6/5,1"))
    folder("times_bad.csv", lines(
        header, "C-197,2024-01,2024-02-05T24:30,1", "C-197,2024-02,16:30,1", "C-197,2024-03,2024-02-30T10:00,1",
        "C-197,2024-04,2024-05-05T10:00+15:00,1", "C-197,2024-05,tomorrow,1"))
    folder("times_to_come.csv", lines(header, "C-198,2024-01,2100-01-01,1", "C-198,2024-02,2024-03-05,1"))
