"""mmt show where there is nothing to show: what is missing has a name."""
import pytest

REPORT = "site,month,opening,closing,exit_dropout\nA-1,2026-01,100,100,8\n"


@pytest.fixture
def clinic(mmt):
    for name, text in (("sites.csv", "site,name,region\nA-1,First,A\n"), ("report.csv", REPORT)):
        (mmt.folder / name).write_text(text)
        assert mmt("load", mmt.folder / name).returncode == 0
    return mmt


@pytest.mark.parametrize("asked, named", [
    (("dropout_rate", "--site", "NOPE"), 'no clinic or region "NOPE"'),
    (("retention", "--region", "NOPE"), 'no clinic or region "NOPE"'),
    (("compare:dropout_rate", "--region", "NOPE"), 'no clinic or region "NOPE"'),
    (("nonsense", "--site", "A-1"), 'nothing to show for "nonsense"'),
    (("flow",), "are of a single clinic (--site)"),
    (("retention", "--site", "A-1"), "no client records here"),
    (("dropout_rate", "--site", "NOPE", "--language", "zh"), "编码为“NOPE”的门诊或地区"),
])
def test_what_is_missing_is_named(clinic, asked, named):
    shown = clinic("show", *asked)
    assert shown.returncode == 2 and shown.stdout == "" and named in shown.stderr
