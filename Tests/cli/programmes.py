"""Small clinics made by chance, with all that makes it hard to say who stays: gaps about as long as the rules wait, stays
that overlap, that begin before the records or are never closed, readmissions, deaths, one-dose clients, months without a
test. Rows are texts as in files, without the clinic."""
from datetime import date, timedelta

GAPS = [1, 2, 5, 6, 7, 8, 12, 13, 14, 15, 28, 29, 30, 31, 32, 60, 120, 400]  # days missed
REASONS = ["", "dropout", "dropout", "transferred", "completed", "disciplinary", "detained", "hospital", "moved", "died", "other"]
FIRST_DAYS = [date(2007, 11, 19), date(2008, 1, 31), date(2008, 2, 1), date(2011, 12, 31), date(2012, 1, 1), date(2013, 6, 15)]
RESULTS = ["negative", "negative", "positive", "positive", "invalid", "missed"]


class Programme:
    """One clinic. `rows`: kind -> rows as first sent; `corrections`: other rows of the same keys, and some new ones."""

    def __init__(self, chance):
        self.chance = chance
        self.first = chance.choice(FIRST_DAYS)
        self.length = chance.choice([5, 20, 45, 120, 300, 700])  # days
        self.rows = {kind: [] for kind in ("episodes", "doses", "urine", "assessments", "participants")}
        for number in range(chance.randrange(1, 8)):
            self.client(f"C-{number}")
        self.register()
        self.corrections = {kind: [self.corrected(kind, row) for row in rows if chance.random() < 0.15]
                            for kind, rows in self.rows.items()}

    def some_day(self):
        return self.first + timedelta(days=self.chance.randrange(self.length))

    def client(self, code):
        runs = self.doses(code) if self.chance.random() < 0.9 else []
        if not runs or self.chance.random() < 0.7:
            self.episodes(code, runs)
        if self.chance.random() < 0.8:
            self.tests(code)
        if self.chance.random() < 0.7:
            self.assessments(code)

    def doses(self, code):
        """Runs of days with doses, between gaps."""
        chance, runs = self.chance, []
        day = self.first + timedelta(days=chance.choice([0, 0, 1, 6, 7, 8, 13, 14, 29, 30, 31, 50]))
        attendance = chance.choice([0.5, 0.9, 1])
        for _ in range(chance.randrange(1, 9)):
            days = [day + timedelta(days=number) for number in range(chance.choice([1, 1, 2, 7, 20, 45, 100]))]
            days = [day for day in days if day == days[0] or chance.random() < attendance]
            if days[-1] > self.first + timedelta(days=self.length):
                break
            runs.append((days[0], days[-1]))
            self.rows["doses"] += [(code, str(day), "60.0") for day in days]
            day = days[-1] + timedelta(days=chance.choice(GAPS) + 1)
        return runs

    def near(self, day):
        return day + timedelta(days=self.chance.choice([-31, -8, -7, -1, 0, 0, 0, 0, 1, 6, 7, 8, 14, 15, 30, 31]))

    def episodes(self, code, runs):
        """Some as the doses went, some not; `near` shifts their ends."""
        chance = self.chance
        starts = {}
        for _ in range(chance.randrange(1, 4)):
            first, last = sorted(chance.choices(runs, k=2))[0][0] if runs else self.some_day(), self.some_day()
            if runs:
                last = chance.choice(runs)[1]
            before = timedelta(days=chance.choice([0, 0, 0, 1, 5, 20, 40, 400, 4000]))
            starts[first - before] = max(self.near(last), first - before)
        for started_on, ended_on in starts.items():
            is_open = chance.random() < 0.25
            self.rows["episodes"].append(
                (code, str(started_on), "" if is_open else str(ended_on), "" if is_open else chance.choice(REASONS)))

    def tests(self, code):
        chance = self.chance
        habit = chance.choice([["opioid"], ["opioid", "methadone"], ["methadone"]])
        rows = {}
        day = self.some_day()
        for _ in range(chance.randrange(1, 25)):
            rows[code, str(day), chance.choice(habit)] = chance.choice(RESULTS)
            day += timedelta(days=chance.choice([1, 7, 28, 30, 31, 31, 62, 95, 420]))
        self.rows["urine"] += [(*key, result) for key, result in rows.items()]

    def assessments(self, code):
        chance, taken = self.chance, self.some_day()
        for instrument in chance.sample(["heroin_use", "injecting", "employment", "efficacy"], k=chance.randrange(1, 4)):
            for visit in (0, 3, 6, 12):
                status = chance.choice(["done", "done", "done", "missed", "refused", "lost"])
                if chance.random() < 0.75:
                    day = taken + timedelta(days=30 * visit + chance.randrange(-10, 10))
                    self.rows["assessments"].append((
                        chance.choice(["", "", "", "T1"]), code, "client", str(visit), instrument,
                        "" if chance.random() < 0.1 else str(day), status, self.value(instrument, status)))

    def value(self, instrument, status):
        if status != "done":
            return ""
        return f"{self.chance.randrange(1000) / 10:.1f}" if instrument in ("efficacy", "stigma") else self.chance.choice("001")

    def register(self):
        """Providers, and what they think."""
        chance = self.chance
        for number in range(chance.randrange(5)):
            code, enrolled = f"P-{number}", self.some_day() - timedelta(days=chance.choice([0, 0, 300, 5000]))
            gone = max(enrolled, self.some_day())
            self.rows["participants"].append((
                chance.choice(["", "", "", "T1"]), code, chance.choice(["provider"] * 5 + ["client"]),
                "" if chance.random() < 0.2 else str(enrolled), "" if chance.random() < 0.6 else str(gone)))
            for visit in range(chance.randrange(3)):
                self.rows["assessments"].append(
                    ("", code, "provider", str(visit), "stigma", str(self.some_day()), "done", self.value("stigma", "done")))

    def corrected(self, kind, row):
        chance = self.chance
        if kind == "doses":
            new_day = date.fromisoformat(row[1]) + timedelta(days=chance.randrange(40))
            return (row[0], str(new_day), "75.0")
        if kind == "episodes":
            end = max(row[1], row[2] or str(self.some_day()))
            return (*row[:2], *chance.choice([("", ""), (str(self.near(max(
                date.fromisoformat(row[1]) + timedelta(days=31), date.fromisoformat(end)))), chance.choice(REASONS))]))
        if kind == "urine":
            return (*row[:3], chance.choice(RESULTS))
        if kind == "assessments":
            status = chance.choice(["done", "missed"])
            return (*row[:6], status, self.value(row[4], status))
        return (*row[:4], "" if row[4] else max(row[3], str(self.some_day())))

    def pieces(self):
        """What is sent at a time, in an order by chance: a month, or half of it; corrections whenever they come."""
        pieces = {}
        for is_corrected, kinds in enumerate((self.rows, self.corrections)):
            for kind, rows in kinds.items():
                for row in rows:
                    when = row[1][:7] if kind in ("doses", "urine") else ""
                    part = self.chance.randrange(2) if kind == "doses" or is_corrected else 0
                    pieces.setdefault((kind, when, part, is_corrected), []).append(row)
        order = list(pieces.items())
        self.chance.shuffle(order)
        return [(key[0], rows) for key, rows in order]
