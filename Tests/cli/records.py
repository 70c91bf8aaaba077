"""What is known of single clients of one clinic: rows as files carry them, the last one of a key counting, and all that
follows from them (followed.py, tallied.py)."""
from collections import Counter, defaultdict
from datetime import date
from decimal import Decimal

from followed import Followed, dosed_stays, month_of, reported_stays
from tallied import fill_assessments, fill_providers, fill_tests

RULES = {"reported": None, "missed_7": 7, "missed_14": 14, "missed_30": 30}
HEADERS = {
    "episodes": "site,client,started_on,ended_on,exit_reason",
    "doses": "site,client,dosed_on,dose_mg",
    "urine": "site,client,collected_on,substance,result",
    "assessments": "site,trial,participant,role,visit_month,instrument,assessed_on,status,value",
    "participants": "site,trial,participant,role,enrolled_on,withdrawn_on",
}
# How many of the columns, the clinic among them, say what a row is about.
KEY_COLUMNS = {
    "episodes": (0, 1, 2), "doses": (0, 1, 2), "urine": (0, 1, 2, 3), "assessments": (0, 1, 2, 4, 5),
    "participants": (0, 1, 2)}

# What is known now, in the columns of the files.
KNOWN = {
    "episodes": """select s.code, c.code, started_on, ended_on, exit_reason
                   from current_episode join client c using (site_id, client_id) join site s using (site_id)""",
    "doses": """select s.code, c.code, dosed_on, dose_mg
                from dose join client c using (site_id, client_id) join site s using (site_id)""",
    "urine": """select s.code, c.code, collected_on, substance, result
                from urine_test join client c using (site_id, client_id) join site s using (site_id)""",
    "assessments": """select s.code, trial, participant, role, visit_month, instrument, assessed_on, status, value
                      from current_assessment join site s using (site_id)""",
    "participants": """select s.code, trial, participant, role, enrolled_on, withdrawn_on
                       from current_participant join site s using (site_id)""",
}

# The tables in the order of their keys; the rest of a row is behind the bar.
DERIVED = {
    "stay": "rule, c.code, started_on | entered_on, ended_on, exit_reason",
    "record_span": "rule | first_day, last_day, unknown_origins",
    "stay_count": "rule, started_on, observed_from, ended_on, exit_reason | clients",
    "treatment_month": """rule, month | clients, days, entries, exits, dropouts, doses, clients_in_year, days_in_year,
        dropouts_in_year, dropouts_squared, dropouts_times_days, days_squared""",
    "entry_cohort": """rule, month | clients, uninterrupted, in_treatment, transferred, died, dropouts, dropouts_squared""",
    "test_count": """month, months | clients, clients_positive, tests, positive, invalid, missed, tests_squared,
        positive_squared, tests_times_positive, shares, shares_squared, clients_due, due_squared, at_worst_squared,
        due_times_at_worst, clients_followed, clients_relapsed""",
    "behaviour_count": """instrument, visit_month, month | asked, due, followed, yes_before, yes_after, yes_both,
        lost_yes_before""",
    "score_count": "role, instrument, month | people, trim_scale(score_sum), trim_scale(score_square)",
    "provider_count": "month | providers",
}


def day(text):
    return date.fromisoformat(text) if text else None


class Records:
    def __init__(self):
        self.doses = defaultdict(set)  # client -> days
        self.episodes = defaultdict(dict)  # client -> first day -> (last day, reason)
        self.tests = {}  # (client, day, substance) -> result
        self.assessments = {}  # (trial, participant, visit month, instrument) -> (role, day or None, status, value or None)
        self.participants = {}  # (trial, participant) -> (role, enrolled on, withdrawn on)

    def take(self, kind, row):
        """A row's texts, without the clinic."""
        if kind == "doses":
            self.doses[row[0]].add(day(row[1]))
        elif kind == "episodes":
            self.episodes[row[0]][day(row[1])] = (day(row[2]), row[3] or None)
        elif kind == "urine":
            self.tests[row[0], day(row[1]), row[2]] = row[3]
        elif kind == "assessments":
            value = Decimal(row[7]) if row[7] else None
            self.assessments[row[0], row[1], int(row[3]), row[4]] = (row[2], day(row[5]), row[6], value)
        else:
            self.participants[row[0], row[1]] = (row[2], day(row[3]), day(row[4]))

    def derived(self, rules):
        """Table -> key -> the rest of the row."""
        tables = {table: {} for table in DERIVED}
        doses = Counter(month_of(day) for days in self.doses.values() for day in days)
        for rule, missed_days in rules.items():
            stays = self.stays(missed_days)
            if stays:
                Followed(rule, missed_days, stays, doses).fill(tables)
        fill_tests(self.tests, tables["test_count"])
        fill_assessments(self.assessments, tables)
        fill_providers(self.participants, tables["provider_count"])
        return tables

    def stays(self, missed_days):
        if missed_days is None:
            return [stay for client, episodes in self.episodes.items() for stay in reported_stays(client, episodes)]
        return [stay for client, days in self.doses.items()
                for stay in dosed_stays(client, days, self.episodes.get(client, {}), missed_days)]


def known(machine):
    """Clinic -> what the views say is known now."""
    clinics = defaultdict(Records)
    for kind, select in KNOWN.items():
        for site, *row in machine.query(select):
            clinics[site].take(kind, row)
    return clinics


def text(value):
    """As psql prints it."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return "{" + ",".join(text(one) for one in value) + "}"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return str(int(value)) if isinstance(value, bool) else str(value)


def expected(clinics, rules=RULES):
    """Table -> clinic and key -> the rest of the row, in texts."""
    tables = {table: {} for table in DERIVED}
    for site, records in clinics.items():
        for table, rows in records.derived(rules).items():
            for key, rest in rows.items():
                tables[table][(site, *map(text, key))] = tuple(map(text, rest))
    return tables


def stored(machine):
    """The same, as the database has it."""
    tables = {}
    for table, columns in DERIVED.items():
        keys = columns.split("|")[0].count(",") + 2
        names = columns.replace("|", ",")
        client = "join client c using (site_id, client_id)" if table == "stay" else ""
        rows = machine.query(f"select s.code, {names} from {table} join site s using (site_id) {client}")
        tables[table] = {tuple(row[:keys]): tuple(row[keys:]) for row in rows}
    return tables


def differences(found, right):
    """A line a row that is not as it must be."""
    return [f"{table} {key}: {found[table].get(key)} must be {right[table].get(key)}"
            for table in DERIVED for key in sorted(found[table].keys() | right[table].keys())
            if found[table].get(key) != right[table].get(key)]
