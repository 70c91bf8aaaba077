"""Made-up doses and urine tests, as a programme of 740 clinics would send them: each file once as a clinic writes it,
and once as numbers for `\\copy`. Rows are written as they are made; a seed makes them the same on each run."""
import random
from datetime import date, timedelta

SITES = 740
DAYS = 181
ATTENDANCE = 0.88
MONTHS = 24
RESULTS = ["negative", "positive", "invalid", "missed"]
SCHEDULES = [None, "scheduled", "random"]


def sites(path):
    with open(path, "w") as file:
        file.write("site,name,region\n")
        file.writelines(f"{site(number)},Clinic {number},R{number % 31}\n" for number in range(1, SITES + 1))


def site(number):
    return f"GX{number:04d}"


def clients_of_sites(clients):
    """For each clinic its number and those of its clients in it, with their codes."""
    first = 0
    for number in range(1, SITES + 1):
        last = clients * number // SITES
        yield number, [(client, f"MMT-{number:04d}-{client:05d}") for client in range(1, last - first + 1)]
        first = last


def clients(path, count):
    with open(path, "w") as file:
        for number, known in clients_of_sites(count):
            file.writelines(f"{number},{client}\n" for client, _ in known)


def doses(count, raw_path, peer_path, clients_path):
    """By clinic, day and client: half a year, on 88 of 100 days; doses of 20 to 100 mg, and one in ten a little more."""
    people = int(count / (DAYS * ATTENDANCE)) + SITES
    clients(clients_path, people)
    chance = random.Random(1)
    days = [(date(2011, 1, 1) + timedelta(days=day)).isoformat() for day in range(DAYS)]
    amounts = [(f"{tenths // 10}.{tenths % 10}" if tenths % 10 else str(tenths // 10), tenths)
               for tenths in range(1100)]
    line = 1
    with open(raw_path, "w", 1 << 20) as raw, open(peer_path, "w", 1 << 20) as peer:
        raw.write("site,client,dosed_on,dose_mg\n")
        for number, known in clients_of_sites(people):
            usual = [(client, code, 200 + 50 * chance.randrange(17)) for client, code in known]
            for day in days:
                raws, peers = [], []
                for client, code, base in usual:
                    draw = chance.random()
                    if draw >= ATTENDANCE:
                        continue
                    text, tenths = amounts[base + 5 * int(draw * 1000) % 50 if draw < 0.1 else base]
                    line += 1
                    raws.append(f"GX{number:04d},{code},{day},{text}\n")
                    peers.append(f"{number},{client},{day},1,1,{tenths},{line}\n")
                    if line > count:
                        break
                raw.write("".join(raws))
                peer.write("".join(peers))
                if line > count:
                    return line - 1
    return line - 1


def tests(count, raw_path, peer_path, clients_path):
    """By clinic, month and day: one test a client and month for two years; 72 of 100 negative."""
    people = count // MONTHS + 1
    clients(clients_path, people)
    chance = random.Random(2)
    line = 1
    with open(raw_path, "w", 1 << 20) as raw, open(peer_path, "w", 1 << 20) as peer:
        raw.write("site,client,collected_on,substance,result,schedule\n")
        for number, known in clients_of_sites(people):
            for month in range(MONTHS):
                stem = f"{2010 + month // 12}-{month % 12 + 1:02d}-"
                raws, peers = [], []
                for day, client, code in sorted((chance.randrange(1, 29), client, code) for client, code in known):
                    result = 0 if chance.random() < 0.72 else chance.choice((1, 1, 1, 2, 3))
                    schedule = 1 if chance.random() < 0.7 else 2
                    line += 1
                    raws.append(f"GX{number:04d},{code},{stem}{day:02d},opioid,{RESULTS[result]},{SCHEDULES[schedule]}\n")
                    peers.append(f"{number},{client},{stem}{day:02d},0,1,1,{result},{schedule},{line}\n")
                    if line > count:
                        break
                raw.write("".join(raws))
                peer.write("".join(peers))
                if line > count:
                    return line - 1
    return line - 1
