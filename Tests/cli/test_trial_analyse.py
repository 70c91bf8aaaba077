"""mmt trial analyse: the numbers of R on its own trial, and a sentence with the line for every file that cannot be analysed."""
import csv
import json
import os
import zipfile
from math import exp, log
from pathlib import Path

import pytest

from machine import ROOT

ORACLE = Path(os.environ.get("MMT_ORACLE", ROOT.parent / "shared/oracle"))
COLUMNS = ["--arm", "arm", "--cluster", "clinic", "--participant", "client", "--visit", "month"]

oracle = pytest.mark.skipif(
    not (ORACLE / "data/trial.csv").exists(), reason=f"R's numbers are not part of the program: there is no {ORACLE}")


def reference(file, case):
    cases = json.loads((ORACLE / f"ref/{file}.json").read_text())["cases"]
    found = next(each for each in cases if each["id"] == case)
    return found["value"], lambda number: pytest.approx(number, rel=found["tol_rel"], abs=found["tol_abs"])


def analysed(mmt, file, *options):
    answer = mmt("trial", "analyse", file, *options, "--format", "json")
    assert answer.returncode == 0, answer.stderr
    return json.loads(answer.stdout)


def by_method(report):
    return {effect["method"]: effect for effect in report["effects"]}


@pytest.fixture(scope="module")
def scores(mmt):
    return analysed(mmt, ORACLE / "data/trial.csv", "--outcome", "score", *COLUMNS)


@oracle
def test_the_number_is_that_of_r_where_the_method_is(scores):
    effects = by_method(scores)
    value, near = reference("trial_cluster", "cl.ttest.adjusted")
    own = effects["two_stage"]
    assert [own[key] for key in ("estimate", "standardError", "degrees", "p", "low", "high")] == [
        near(value[key]) for key in ("diff", "se", "df", "p", "lo", "hi")]
    value, near = reference("trial_cluster", "perm.adjusted9")
    assert (effects["permutation"]["estimate"], effects["permutation"]["p"]) == (
        near(value["observed"]), near(value["p_two_sided"]))
    assert effects["permutation"]["low"] is None and effects["permutation"]["notes"] == [
        {"note": "unbounded", "value": None}]
    value, near = reference("trial_cluster", "wild.enumerated")
    assert (effects["wild_bootstrap"]["estimate"], effects["wild_bootstrap"]["p"]) == (
        near(value["beta"]), near(value["p_symmetric_ge"]))
    for method, case, row, error in (
            ("mixed_model", "lmm.ancova.contrasts", 2, "se_kr"), ("mixed_model_baseline", "lmm.clda.kr", 6, "se_kr"),
            ("mixed_model_published", "lmm.main.contrasts", 4, "se")):
        value, near = reference("trial_lmm", case)
        assert effects[method]["estimate"] == near(value["est"][row])
        assert effects[method]["standardError"] == near(value[error][row])
        assert effects[method]["degrees"] <= (12 if method == "mixed_model_published" else 4)
        assert effects[method]["remaining"] < 1e-6


@oracle
def test_unadjusted_and_pairs_and_hazards_are_those_of_r(mmt, scores):
    value, near = reference("trial_cluster", "cl.ttest.unadjusted")
    unadjusted = next(row for row in scores["sensitivity"] if row["if"] == "unadjusted")["effect"]
    assert (unadjusted["estimate"], unadjusted["p"]) == (near(value["diff"]), near(value["p"]))
    pairs = ["--arm", "arm", "--cluster", "clinic", "--participant", "client", "--pair", "pair"]
    effects = by_method(analysed(mmt, ORACLE / "data/trial_pairs.csv", "--outcome", "score", *pairs))
    value, near = reference("extra", "pairs.mean.t")
    assert [effects["two_stage"][key] for key in ("estimate", "standardError", "degrees", "p", "low", "high")] == [
        near(value[key]) for key in ("est", "se", "df", "p", "lo", "hi")]
    value, near = reference("extra", "pairs.mean.perm")
    assert effects["permutation"]["p"] == near(value["p_two_sided"])
    assert "welch" not in effects and effects["mixed_model"]["estimate"] is not None
    assert effects["mixed_model_published"]["unavailable"] == "no_baseline"

    hazards = by_method(analysed(
        mmt, ORACLE / "data/trial_pairs.csv", "--time", "time", "--event", "dropout", *pairs))
    value, near = reference("extra", "pairs.cox")
    cox = hazards["paired_cox"]
    assert log(cox["hazardRatio"]) == near(value["coef"]["arm"]) and cox["degrees"] == 9 and cox["events"] == 309
    value, near = reference("extra", "pairs.lograte.t")
    assert [hazards["rates"][key] for key in ("hazardRatio", "low", "high", "p")] == [
        near(exp(value["est"])), near(exp(value["lo"])), near(exp(value["hi"])), near(value["p"])]


@oracle
def test_what_it_says_is_in_words_of_both_languages(mmt):
    asked = ["trial", "analyse", ORACLE / "data/trial_separated.csv", "--outcome", "urine_pos", *COLUMNS]
    english, chinese = (mmt(*asked, "--language", language).stdout for language in ("en", "zh"))
    for said in ("nothing but 0 and 1", "What this trial can tell you", "Firth: odds ratio",
                 "This is no effect at a clinic", "If who is missing counted as yes", "Without K3"):
        assert said in english, said
    for said in ("文件中只有 0 和 1", "本试验能告诉您什么", "Firth：比值比", "这不是某门诊的效应", "剔除K3"):
        assert said in chinese, said
    for text in (english, chinese):
        assert "{" not in text and "trial." not in text.replace("trial.csv", "") and "analyse." not in text
        assert "nan" not in text and "inf" not in text.lower().replace("information", "")


@oracle
def test_boundaries(mmt):
    report = analysed(mmt, ORACLE / "data/trial_separated.csv", "--outcome", "urine_pos", *COLUMNS)
    effects = by_method(report)
    assert effects["logistic_odds_ratio"]["unavailable"] == "separated"
    assert [row["method"] for row in report["penalisedOdds"]] == ["firth", "log_f"]
    assert all(0 < row["oddsRatio"] < 0.1 for row in report["penalisedOdds"])
    null = by_method(analysed(mmt, ORACLE / "data/trial_nullclinic.csv", "--outcome", "score", *COLUMNS))
    assert {"note": "clinics_alike", "value": None} in null["mixed_model"]["notes"]
    single = analysed(mmt, ORACLE / "data/trial_single.csv", "--outcome", "score", *COLUMNS)
    assert single["arms"][0]["counted"] + single["arms"][1]["counted"] == single["effects"][0]["participants"]


@oracle
def test_options_are_heeded_and_keys_stay(mmt, scores):
    def asked(*options):
        return analysed(mmt, ORACLE / "data/trial.csv", "--outcome", "urine_pos", *COLUMNS, *options)
    plain, strict = asked(), asked("--level", "0.8", "--seed", "5", "--method", "welch", "--at", "6", "--missing", "yes")
    assert set(plain) == set(strict) == set(scores)
    assert strict["asked"] | {"adjustedFor": None} == {
        "outcome": "urine_pos", "scale": "binary", "isScaleFound": True, "visit": 6, "baselineVisit": 0,
        "adjustedFor": None, "missing": "yes", "level": 0.8, "seed": 5}
    assert strict["effects"][0]["method"] == "welch" and strict["effects"][0]["isAsked"]
    assert {effect["level"] for effect in strict["effects"]} == {0.8}
    assert strict["effects"][0]["participants"] > plain["effects"][0]["participants"]
    keys = {tuple(sorted(effect)) for report in (plain, strict, scores) for effect in report["effects"]}
    assert len(keys) == 1
    forced = asked("--scale", "continuous")
    assert forced["asked"]["scale"] == "continuous" and not forced["asked"]["isScaleFound"]
    assert "mixed_model" in by_method(forced)
    adjusted = asked("--covariates", "age, female")
    assert adjusted["asked"]["adjustedFor"] == ["baseline", "age", "female"]
    assert adjusted["effects"][0]["estimate"] != plain["effects"][0]["estimate"]


@oracle
@pytest.mark.parametrize("encoding", ["utf-8-sig", "gbk", "utf-16"])
def test_a_wide_file_of_any_encoding_gives_the_same_numbers(mmt, tmp_path, encoding):
    """Baseline in a column of its own, Chinese names, arms by letters."""
    clients = {}
    for row in csv.DictReader(open(ORACLE / "data/trial.csv")):
        client = clients.setdefault(row["client"], {"编号": row["client"], "门诊": "诊" + row["clinic"],
                                                    "组": "乙" if row["arm"] == "1" else "甲"})
        if row["month"] in ("0", "9"):
            client["前" if row["month"] == "0" else "后"] = row["score"] or "NA"
    file = tmp_path / "wide.csv"
    with open(file, "w", encoding=encoding, newline="") as out:
        writer = csv.DictWriter(out, ["编号", "门诊", "组", "前", "后"], restval="")
        writer.writeheader()
        writer.writerows(clients.values())
    report = analysed(mmt, file, "--outcome", "后", "--baseline", "前", "--arm", "组", "--treated", "乙",
                      "--cluster", "门诊", "--participant", "编号")
    value, near = reference("trial_cluster", "cl.ttest.adjusted")
    assert report["effects"][0]["estimate"] == near(value["diff"]) and report["effects"][0]["p"] == near(value["p"])
    assert by_method(report)["mixed_model"]["estimate"] is not None


HEAD = "client,clinic,arm,month,score\n"
GOOD = "".join(
    f"p{c}{i},K{c},{c % 2},{m},{30 + (7 * c + 5 * i + 3 * m) % 11}\n" for c in range(6) for i in range(4) for m in (0, 3))
FAULTS = {
    "no such column": (HEAD.replace("score", "mark") + GOOD, [], ["no column score", "mark"]),
    "a column twice": (HEAD.replace("month", "arm,month") + GOOD, [], ["column arm", "twice"]),
    "an empty clinic": (HEAD + "x,,1,0,30\n" + GOOD, [], ["Line 2", "column clinic", "empty"]),
    "an empty arm": (HEAD + GOOD + "x,K1,NA,0,30\n", [], ["Line 50", "column arm", "empty"]),
    "text in a number": (HEAD + GOOD + "x,K1,1,0,thirty\n", [], ["Line 50", "column score", "thirty"]),
    "a decimal comma": (HEAD + GOOD + 'x,K1,1,0,"30,5"\n', [], ["Line 50", "column score", "30,5"]),
    "an infinite number": (HEAD + GOOD + "x,K1,1,0,inf\n", [], ["Line 50", "column score", "inf"]),
    "a visit by name": (HEAD + GOOD + "x,K1,1,first,30\n", [], ["Line 50", "column month", "first"]),
    "half a visit": (HEAD + GOOD + "x,K1,1,1.5,30\n", [], ["Line 50", "column month", "1.5"]),
    "a cell too many": (HEAD + GOOD + "x,K1,1,0,30,5\n", [], ["Line 50", "6 cells"]),
    "one clinic": (HEAD + "".join(line + "\n" for line in GOOD.split("\n") if ",K1," in line), [], ["one arm (1)"]),
    "an arm without clinics": (HEAD + GOOD.replace(",1,", ",0,"), [], ["Column arm", "one arm (0)"]),
    "three arms": (HEAD + GOOD + "x,K9,2,0,30\n", [], ["more than two arms (0, 1, 2)"]),
    "arms by name": (HEAD + GOOD.replace(",1,", ",B,"), [], ["0, B", "--treated"]),
    "no such arm": (HEAD + GOOD, ["--treated", "2"], ["no clinic is in the arm 2", "0, 1"]),
    "an arm that changes": (HEAD + GOOD + "x,K1,0,3,30\n", [], ["Line 50", "clinic K1", "arm 0", "arm 1", "line 10"]),
    "a participant who moves": (HEAD + GOOD + "p00,K2,0,6,30\n", [], ["Line 50", "participant p00", "K2", "K0", "line 2"]),
    "a row twice": (HEAD + GOOD + "p00,K0,0,3,30\n", [], ["Line 50", "participant p00", "line 3"]),
    "no such visit": (HEAD + GOOD, ["--at", "5"], ["no visit 5", "0, 3"]),
    "the first visit": (HEAD + GOOD, ["--at", "0"], ["visit 0 is the first"]),
    "not yes or no": (HEAD + GOOD, ["--scale", "binary"], ["Line 2", "column score", "--scale binary"]),
    "missing scores as yes": (HEAD + GOOD, ["--missing", "yes"], ["score is a number"]),
    "odds of scores": (HEAD + GOOD, ["--method", "logistic_odds_ratio"], ["logistic_odds_ratio is not", "two_stage"]),
    "no number at all": (HEAD + "a,K1,1,0,\nb,K2,0,0,NA\n", [], ["Column score", "no number"]),
    "a header alone": (HEAD, [], ["no row below"]),
    "nothing": ("", [], ["empty"]),
}


@pytest.mark.parametrize("case", FAULTS)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_file_that_cannot_be_analysed_is_told_with_its_line(mmt, tmp_path, case, language):
    text, options, named = FAULTS[case]
    file = tmp_path / "file.csv"
    file.write_text(text)
    answer = mmt("trial", "analyse", file, "--outcome", "score", *COLUMNS, *options, "--language", language)
    assert answer.returncode == 2 and answer.stdout == "", answer.stdout + answer.stderr
    assert "{" not in answer.stderr and "analyse." not in answer.stderr and len(answer.stderr.splitlines()) == 1
    if language == "en":
        for part in named:
            assert part in answer.stderr, answer.stderr


def test_a_covariate_that_changes_and_one_that_is_missing(mmt, tmp_path):
    file = tmp_path / "file.csv"
    rows = [line.split(",") for line in (HEAD + GOOD).splitlines()]
    aged = [row + ["age" if at == 0 else str(20 + int(row[0][1:]) % 7)] for at, row in enumerate(rows)]
    aged[1][-1] = aged[2][-1] = ""
    file.write_text("\n".join(map(",".join, aged)) + "\n")
    asked = ["--outcome", "score", *COLUMNS, "--covariates", "age"]
    report = analysed(mmt, file, *asked)
    assert [arm["leftOut"]["withoutCovariates"] for arm in report["arms"]] == [0, 1]
    assert report["effects"][0]["participants"] == 23
    aged[4][-1] = "99"
    file.write_text("\n".join(map(",".join, aged)) + "\n")
    answer = mmt("trial", "analyse", file, *asked)
    assert answer.returncode == 2 and "Line 5, column age" in answer.stderr


@pytest.mark.parametrize("name, content, said", [
    ("book.xlsx", None, "workbook"), ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), ".xls"),
    ("noise.csv", bytes(range(128, 256)) * 8, "not a text file"), ("page.html", b"<html><body>report</body></html>", "web page")])
def test_a_file_that_is_no_text_is_told_so(mmt, tmp_path, name, content, said):
    file = tmp_path / name
    if content is None:
        with zipfile.ZipFile(file, "w") as book:
            book.writestr("xl/workbook.xml", "<workbook/>")
    else:
        file.write_bytes(content)
    answer = mmt("trial", "analyse", file, "--outcome", "score", *COLUMNS)
    assert answer.returncode == 2 and answer.stdout == "" and said in answer.stderr, answer.stderr


@pytest.mark.parametrize("options, said", [
    (["--outcome", "a", "--time", "t", "--event", "e"], "either --outcome"), (["--time", "t"], "belong together"),
    (["--outcome", "a", "--pair", "p", "--stratum", "s"], "not both"), (["--outcome", "a", "--visit", "v"], "--participant"),
    (["--outcome", "a", "--at", "3"], "--visit"), (["--outcome", "a", "--level", "95"], "between 0 and 1"),
    (["--outcome", "a", "--method", "guess"], "two_stage"), (["--outcome", "a", "--format", "csv"], "table or json")])
def test_what_is_asked_must_make_sense(mmt, options, said):
    answer = mmt("trial", "analyse", "x.csv", "--arm", "arm", "--cluster", "clinic", *options)
    assert answer.returncode == 64 and said in answer.stderr, answer.stderr


def test_a_file_that_is_not_there(mmt):
    answer = mmt("trial", "analyse", "nowhere.csv", "--outcome", "score", *COLUMNS)
    assert answer.returncode == 2 and "nowhere.csv" in answer.stderr


def test_the_keys_are_in_the_help(mmt):
    said = mmt("trial", "analyse", "--help").stdout
    for key in ("asked", "effects", "penalisedOdds", "tippingPoint", "standardError", "unavailable", "seed"):
        assert key in said
