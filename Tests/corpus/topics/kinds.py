"""Every kind of report, once right and once wrong; the first three of the right ones are in registry.py."""
from .folder import lines

MONTHLY = ("site,month,submitted_at,opening,new,readmitted,transferred_in,exit_dropout,exit_transferred,exit_completed,"
           "exit_disciplinary,exit_detained,exit_hospital,exit_moved,exit_died,exit_other,closing,clients_dosed,"
           "client_days,methadone_mg,on_maintenance,on_60mg,tests_scheduled,tests_done,tests_positive,clients_tested,"
           "clients_positive," + ",".join(f"cohort{months}_{part}" for months in (3, 6, 12)
                                          for part in ("entered", "in", "dropout", "transferred", "died", "unknown")))
#: Each breaks one bound: the columns that differ from a row of blanks.
BOUNDS = [
    {"opening": 1, "new": 1, "readmitted": 1, "transferred_in": 1, "clients_dosed": 5},
    {"clients_dosed": 1, "client_days": 30},
    {"clients_dosed": 1, "on_maintenance": 2},
    {"on_maintenance": 1, "on_60mg": 2},
    {"tests_scheduled": 1, "tests_done": 2},
    {"tests_done": 1, "tests_positive": 2},
    {"tests_done": 1, "clients_tested": 2},
    {"opening": 1, "new": 1, "readmitted": 1, "transferred_in": 1, "clients_tested": 5},
    {"clients_tested": 1, "clients_positive": 2},
    {"tests_positive": 1, "clients_positive": 2},
    {"cohort3_entered": 1, "cohort3_in": 2},
    {"cohort6_entered": 1, "cohort6_in": 1, "cohort6_died": 1},
    {"cohort12_entered": 1, "cohort12_unknown": 2},
]


def write(folder):
    programme(folder)
    reports(folder)
    clients(folder)
    trials(folder)
    visits(folder)


def programme(folder):
    folder("sites_bad.csv", lines(
        "site,name,region,opened_on,closed_on,provenance", "X 1,Name,QS,,,", "X-2,,QS,,,",
        "X-3,Name,QS,2020-05-01,2020-04-30,", "X-4,Name,QS,,2020-04-30,", "X-5,Name,Q S,,,", "X-6,Name,QS,,,guessed",
        "X-7,Name,QS,2020-05-01,,reported", "x-7,Name,QS,,,", "X23456789012345678901,Name,QS,,,", "门-1,Name,QS,,,"))
    folder("calendar_bad.csv", lines("site,starts_on,ends_on,status", "C-211,2022-01-01,2022-02-01,asleep",
                                     "C-211,2022-01-01,2021-12-31,closed", "C-211,,2021-12-31,closed",
                                     "ZZZZZZ-97,2022-01-01,,closed", "C-211,2022-01-01,2022-02-01,停诊",
                                     "C-211,2022-01-01,,open"))
    header = "event,kind,site,within,happened_on,ended_on,owner,reason,rebases"
    folder("events_good.csv", lines(header, "E-1,training,C-212,,2024-03-01,,Li,Training of staff,yes",
                                    "E-2,policy,,QS,2024-03-01,2024-04-01,Li,New rules,",
                                    "E-3,其他,,,2030-01-01,,Li,Planned for everybody,no"))
    folder("events_bad.csv", lines(
        header, "E-4,party,C-212,,2024-03-01,,Li,Reason,", "E-5,move,C-212,QS,2024-03-01,,Li,Reason,",
        "E-6,move,,NOWHERE,2024-03-01,,Li,Reason,", "E-7,move,,,2024-03-01,2024-02-01,Li,Reason,",
        "E-8,move,,,2024-03-01,,,,", f"E-9,move,,,2024-03-01,,Li,{'r' * 1001},", "e-10,move,,,2024-03-01,,Li,Reason,maybe",
        "E-11,move,,,2024-03-01,,Li,Reason,", "e-11,move,,,2024-03-02,,Li,Reason,"))


def reports(folder):
    full = "100,3,1,1,3,1,0,0,0,0,0,0,0,101,100,2800,154000.5,90,60,90,85,20,80,18" + ",10,7,2,1,0,0" * 3
    folder("monthly_full.csv", lines(MONTHLY, f"C-213,2024-03,2024-04-05T10:00:00+08:00,{full}"))
    names = MONTHLY.split(",")
    rows = [",".join(str({"site": "C-214", "month": f"2023-{number % 12 + 1:02d}"}.get(name, values.get(name, "")))
                     for name in names) for number, values in enumerate(BOUNDS)]
    # February of a year that is no leap year has 28 days.
    folder("monthly_bounds.csv", lines(MONTHLY, *rows))


def clients(folder):
    header = ("门诊编码,病人编号,入组日期,退出日期,退出原因,入组类型,性别,出生年份,注射吸毒,曾被关押,HIV检测结果,就业,"
              "常用日剂量毫克")
    folder("episodes_good.csv", lines(
        header, "C-215,A1,2024年1月5日,,,首次,男,1980,是,否,阴性,√,60", "C-215,A2,2023-01-05,2024-02-01,失访,转入,女,,×,,不详,,62.5"))
    folder("episodes_bad.csv", lines(
        header, "C-215,B1,2024-01-05,,脱失,,,,,,,,", "C-215,B2,2024-01-05,2024-01-04,,,,,,,,,",
        "C-215,B3,2100-01-05,,,,,,,,,,", "C-215,B4,2024-01-05,,,,unclear,1899,,,,,", "C-215,B5,2024-01-05,,,,,2050,,,,,600",
        "C-215,,2024-01-05,,,,,,,,,,", "C-215,B7,2024-01-05,,,,,,,,,,", "C-215,B7,2024-01-05,,,,,,,,,,60"))
    header = "site,client,dosed_on,dose_mg"
    folder("doses_good.csv", lines(header, "C-216,1,2024-03-01,60", "C-216,1,2024-03-02,62.5", "C-216,2,2024-02-29,350"))
    folder("doses_bad.csv", lines(
        header, "C-217,1,2024-03-01,0", "C-217,1,2024-03-02,-5", "C-217,1,2024-03-03,60mg", "C-217,1,2024-03-04,60.25",
        "C-217,1,2024-03-05,", "C-217,1,2024-03-06,501", "C-217,1,2023-02-29,60", "C-217,1,2009-12-31,60",
        "C-217,1,2024-03-07,60", "C-217,1,2024-03-07,60", f"C-217,{'9' * 61},2024-03-08,60", "ZZZZZZ-96,1,2024-03-08,60",
        "C-217,1,2100-01-01,60"))
    header = "site,client,collected_on,substance,result,schedule"
    folder("urine_good.csv", lines(header, "C-218,1,2024-03-01,,阴性,定期", "C-218,1,2024-03-01,methadone,+,random",
                                   "C-218,2,2024-03-01,opioid,*,", "C-218,3,2024-03-01,海洛因,o,"))
    folder("urine_bad.csv", lines(
        header, "C-219,1,2024-03-01,,,", "C-219,1,2024-03-01,,maybe,", "C-219,1,2024-03-01,beer,positive,",
        "C-219,1,2009-03-01,,positive,", "C-219,1,2024-03-02,,positive,", "C-219,1,2024-03-02,opioid,negative,",
        "C-219,1,2024-03-03,,positive,sometimes"))


def trials(folder):
    folder("trials_bad.csv", lines(
        "trial,name,design,planned_clusters,starts_on,ends_on", "T-1,Name,crossover,6,,", "T-2,Name,paired,1,,",
        "T-3,Name,paired,6,2024-02-01,2024-01-01", "T 4,Name,paired,6,,", "T-5,,paired,6,,", "T-6,Name,paired,10001,,"))
    header = "trial,role,outcome,rank,scale,higher_is,visit_month,method,covariates,name"
    folder("plans_good.csv", lines(
        header, "CARE,client,drug_use,primary,binary,worse,9,,Female; baseline,Drug use",
        "CARE,client,dropout,secondary,time_to_event,worse,,cox,,Dropout"))
    folder("plans_bad.csv", lines(
        header, "CARE,client,A,primary,binary,worse,9,,baseline;site,A", "CARE,client,B,primary,continuous,worse,9,cox,,B",
        "CARE,client,C,primary,time_to_event,worse,,,,C", "CARE,client,D,primary,binary,worse,9,mixed model,,D",
        "CARE,client,E,primary,binary,worse,9,,;,E"))
    header = "trial,site,arm,pair,allocated_on,starts_on"
    folder("allocations_good.csv", lines(header, "CARE,C-221,intervention,P1,2024-01-10,2024-02-01",
                                         "care,C-222,control,P1,2024-01-10,"))
    folder("allocations_bad.csv", lines(
        header, "CURE,C-223,control,,,", "CARE,C-223,placebo,,,", "CARE,C-223,,,,",
        "CARE,C-223,control,,2024-02-01,2024-01-01", "CARE,C-223,control,P 2,,", "CARE,C-224,control,,,",
        "CARE,C-224,intervention,,,"))
    header = "trial,site,participant,role,enrolled_on,withdrawn_on,withdrawal_reason,sex,birth_year"
    folder("participants_good.csv", lines(header, "CARE,C-225,P1,client,2024-02-01,,,female,1980",
                                          "CARE,C-225,D1,provider,2024-02-01,2024-03-01,moved,,"))
    folder("participants_bad.csv", lines(
        header, "CARE,C-226,P1,visitor,,,,,", "CARE,C-226,P2,client,,,moved,,",
        "CARE,C-226,P3,client,2024-02-01,2024-01-01,,,", "CARE,C-226,P4,client,2100-01-01,,,,", "CARE,C-226,,client,,,,,",
        "CARE,C-226,P6,client,,,,,1850", "CARE,C-226,P7,client,,,,,", "CARE,C-226,P7,client,,,,,"))


def visits(folder):
    header = "trial,site,participant,role,visit_month,instrument,assessed_on,status,value"
    folder("assessments_good.csv", lines(
        header, "CARE,C-227,P1,client,0,stigma,2024-02-01,,12.5", "CARE,C-227,P1,client,6,stigma,,missed,",
        ",C-227,P1,client,0,stigma,,done,-3.125", "CARE,C-227,D1,provider,0,knowledge,,done,0"))
    folder("assessments_bad.csv", lines(
        header, "CARE,C-228,P1,client,0,stigma,,done,", "CARE,C-228,P1,client,3,stigma,,missed,5",
        "CARE,C-228,P1,client,-1,stigma,,,5", "CARE,C-228,P1,client,601,stigma,,,5", "CARE,C-228,P1,client,9,,,,5",
        "CARE,C-228,P1,client,12,stigma,,,1.2345", "CARE,C-228,P1,client,15,stigma,,,1000001",
        "CARE,C-228,P1,client,18,stigma,,,-1000001", "CARE,C-228,P1,client,21,stigma,,,n/a",
        "CARE,C-228,P1,client,24,stigma,,,5", "CARE,C-228,P1,client,24,STIGMA,,,5"))
    header = "trial,site,form,number,participant,planned_on,held_on,attended,minutes"
    folder("sessions_good.csv", lines(header, "CARE,C-229,provider_group,1,,2024-02-01,2024-02-02,7,90",
                                      "CARE,C-229,client_interview,1,P1,2027-02-01,,,",
                                      ",C-229,client_interview,1,P1,,2024-02-03,1,45"))
    folder("sessions_bad.csv", lines(
        header, "CARE,C-230,provider_group,1,,,,7,", "CARE,C-230,provider_group,2,,,,,90",
        "CARE,C-230,provider_group,0,,,,,", "CARE,C-230,lecture,3,,,,,", "CARE,C-230,provider_group,4,,,2024-02-01,7,1441",
        "CARE,C-230,provider_group,5,,,2100-02-01,,", "CARE,C-230,provider_group,6,,,,,", "CARE,C-230,provider_group,6,,,,,"))
