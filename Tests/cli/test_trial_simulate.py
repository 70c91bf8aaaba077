"""Operating characteristics from the command line: no database, the same figures on any number of processors."""
import json

import pytest

SMALL = ["trial", "simulate", "--design", "6", "--visits", "1", "--icc", "0.05", "--sets", "40"]


def test_a_table_in_both_languages(mmt):
    english, chinese = (mmt(*SMALL, "--language", language) for language in ("en", "zh"))
    assert english.returncode == chinese.returncode == 0, english.stderr
    assert english.stdout.startswith("6 clinics, half of them treated, of 30 clients each")
    for part in ["Type I error, %", "Coverage of 95 % intervals, %", "Bias", "Without an estimate, %", "Wald z", "are left out"]:
        assert part in english.stdout
    assert "第一类错误" in chinese.stdout and "simulation." not in english.stdout + chinese.stdout
    assert not (mmt.folder / "data").exists()


def test_json_is_the_same_on_any_number_of_processors(mmt):
    one, three = (mmt(*SMALL, "--format", "json", "--threads", threads).stdout for threads in (1, 3))
    assert one == three
    told = json.loads(one)
    assert (told["sets"], told["design"]["clinics"], told["design"]["visits"]) == (40, 6, 1)
    methods = {row["method"]: row for row in told["correlations"][0]["methods"]}
    assert {"plain_least_squares", "plain_wald", "plain_kenward_roger", "two_stage", "permutation"} <= set(methods)
    for row in methods.values():
        assert abs(row["rejected"]["value"] * 40 - round(row["rejected"]["value"] * 40)) < 1e-9
        assert row["failures"] == {}
    assert methods["permutation"]["rejected"]["value"] == 0
    assert json.loads(mmt(*SMALL, "--format", "json", "--seed", 2).stdout) != told


def test_one_method_says_of_the_same_trials_what_it_says_among_all(mmt):
    names = ["plain_wald", "estimating_equations"]
    wanted = [part for name in names for part in ("--method", name)]
    every, some = (json.loads(mmt(*SMALL, "--format", "json", *more).stdout) for more in ([], wanted))
    told = {row["method"]: row for row in every["correlations"][0]["methods"]}
    assert some["correlations"][0]["methods"] == [told[name] for name in names]


def test_pairs_an_effect_and_yes_or_no(mmt):
    answer = mmt("trial", "simulate", "--pairs", 5, "--outcome", "binary", "--share", 0.4, "--effect=-0.2", "--size", 20,
                 "--icc", "0,0.02", "--visits", 2, "--sets", 10)
    assert answer.returncode == 0, answer.stderr
    assert "5 pairs of clinics" in answer.stdout and "Power, %" in answer.stdout and "effect −0.2" in answer.stdout
    assert "ICC 0 " in answer.stdout and "ICC 0.02" in answer.stdout


@pytest.mark.parametrize("arguments, sentence", [
    (["--design", "7"], "--design"),
    (["--method", "guessing"], "--method"),
    (["--visits", "1", "--method", "mixed_model"], "--method mixed_model is not one for this outcome and these visits."),
    (["--design", "6", "--clusters", "8"], "exclude one another"),
    (["--clusters", "3"], "--clusters is a number from 4 to 1000."),
    (["--pairs", "1"], "--pairs is a number from 2 to 500."),
    (["--icc", "0.1,x"], "--icc takes numbers"),
    (["--icc", ""], "--icc takes numbers"),
    (["--icc", "1"], "--icc takes numbers"),
    (["--size", "0"], "--size is a number from 1.0"),
    (["--size", "nan"], "--size is a number from 1.0"),
    (["--visits", "0"], "--visits is a number from 1 to 20."),
    (["--sets", "1"], "--sets is a number from 2"),
    (["--threads", "0"], "--threads is a number from 1."),
    (["--effect", "inf"], "--effect is a number."),
    (["--outcome", "binary", "--share", "0.9", "--effect", "0.2"], "lie between 0 and 1"),
    (["--pair-correlation", "2"], "--pair-correlation is a number from 0.0 to 1.0."),
    (["--format", "csv"], "--format is table or json."),
])
def test_wrong_arguments_are_refused_in_a_sentence(mmt, arguments, sentence):
    answer = mmt("trial", "simulate", *arguments)
    assert answer.returncode == 64 and sentence in answer.stderr and answer.stdout == ""
