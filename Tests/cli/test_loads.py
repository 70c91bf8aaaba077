"""POST /api/v1/loads as a script of a province meets it: over a real connection, also a broken one."""
import http.client
import io
import json
import socket
import subprocess
import time
from pathlib import Path

import jsonschema_rs
import openpyxl
import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = json.loads((ROOT / "web/openapi.json").read_text())
MMT = ROOT / ".build/debug/mmt"
HEADER = "site,month,opening,closing\n"


@pytest.fixture(scope="module")
def daemon(mmt):
    sites = mmt.folder / "sites.csv"
    sites.write_text("site,name,region\nA-1,First,A\nA-2,Second,A\n")
    assert mmt("load", sites).returncode == 0
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = open(mmt.folder / "daemon.log", "w")
    process = subprocess.Popen(
        [MMT, "serve", "--port", str(port), "--largest-upload", "1"], env=mmt.environment, stdout=log, stderr=log)
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            break
        except OSError:
            time.sleep(0.1)
    yield port
    process.terminate()
    assert process.wait(timeout=30) == 0


@pytest.fixture(scope="module")
def token(mmt):
    return mmt("token", "add", "province", "--source", "yunnan").stdout.strip()


def send(port, body, query="name=a.csv", token=None, **headers):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    if token:
        headers["Authorization"] = f"Bearer {token}"
    try:
        connection.request("POST", f"/api/v1/loads?{query}", body, headers)
        response = connection.getresponse()
        answer = json.loads(response.read())
        assert_keeps("Problem" if "error" in answer else "LoadAnswer", answer)
        return response.status, answer
    finally:
        connection.close()


def assert_keeps(name, value):
    jsonschema_rs.Draft202012Validator(
        {"$ref": f"#/components/schemas/{name}", "components": DOCUMENT["components"]}).validate(value)


def receipts(mmt):
    return int(mmt("psql", "-At", "-c", "select count(*) from receipt").stdout)


def test_a_token_is_shown_once_and_says_who_sends(mmt, token):
    assert token.startswith("mmt_") and len(token) == 47
    listed = mmt("token", "list").stdout
    assert "province: source yunnan, reports, made 20" in listed and token not in listed
    assert "choose another name" in mmt("token", "add", "province").stderr


def test_statuses_and_receipts_agree(mmt, daemon, token):
    good, bad = HEADER + "A-1,2026-01,10,10\n", HEADER + "A-1,2026-02,10,10\nNO-1,2026-02,1,1\n"
    statuses = []
    for body in [good, good, bad, "Dear colleagues"]:
        status, answer = send(daemon, body, token=token)
        statuses.append((status, answer["outcome"], answer["receipts"][0]["outcome"]))
    assert statuses == [
        (201, "loaded", "loaded"), (200, "repeated", "repeated"), (207, "partly_loaded", "partly_loaded"),
        (422, "refused", "refused")]


def test_an_answer_speaks_chinese(daemon, token):
    _, answer = send(daemon, HEADER + "A-1,2026-03,x,1\n", "name=a.csv&lang=zh&dry_run=true", token)
    assert answer["dryRun"] and answer["receipts"][0]["defects"][0]["sentence"] == "“x”不是整数。"


def test_without_a_token_nothing_is_read(mmt, daemon):
    before = receipts(mmt)
    for wrong in [None, "mmt_" + "x" * 43]:
        status, answer = send(daemon, HEADER, token=wrong)
        assert (status, answer["error"]["code"]) == (401, "token_needed")
    assert receipts(mmt) == before


def test_a_file_in_chunks_is_taken_and_one_too_large_is_not(mmt, daemon, token):
    status, answer = send(daemon, (part.encode() for part in [HEADER, "A-2,2026-01", ",5,5\n"]), token=token)
    assert (status, answer["receipts"][0]["inserted"]) == (201, 1)
    before = receipts(mmt)
    status, answer = send(daemon, (b"x" * 100_000 for _ in range(30)), token=token)
    assert (status, answer["error"]["code"]) == (413, "file_too_large")
    assert receipts(mmt) == before


@pytest.mark.parametrize("framing", ["Content-Length: 1000", "Transfer-Encoding: chunked"])
def test_a_broken_connection_loads_nothing(mmt, daemon, token, framing):
    before = receipts(mmt)
    body = HEADER + "A-1,2026-05,10,10\n"
    chunk = f"{len(body):x}\r\n{body}\r\n" if "chunked" in framing else body
    with socket.create_connection(("127.0.0.1", daemon)) as connection:
        head = f"POST /api/v1/loads?name=a.csv HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n{framing}\r\n\r\n"
        connection.sendall((head + chunk).encode())
        time.sleep(0.3)
    time.sleep(0.7)
    assert receipts(mmt) == before


def get(port, path, token=None):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path, headers={"Authorization": f"Bearer {token}"} if token else {})
    response = connection.getresponse()
    try:
        return response.status, response.headers, response.read()
    finally:
        connection.close()


def test_a_sender_has_the_rows_back_and_nobody_else(mmt, daemon, token):
    header = "site,client,dosed_on,dose_mg\n"
    _, answer = send(daemon, header + "A-1,0007,2026-01-05,60\nA-1,0008,2026-01-05,many\n", "name=doses.csv", token)
    number = answer["receipts"][0]["receipt"]
    assert answer["returned"] == [{"receipt": number, "workbook": f"/api/v1/receipts/{number}/workbook",
                                   "refused": f"/api/v1/receipts/{number}/refused"}]
    status, headers, body = get(daemon, answer["returned"][0]["refused"], token)
    assert (status, headers["Content-Type"], headers["Cache-Control"]) == (200, "text/csv; charset=utf-8", "no-store")
    assert body.decode("utf-8-sig").splitlines() == ["site,client,dosed_on,dose_mg", "A-1,0008,2026-01-05,many"]
    status, headers, body = get(daemon, answer["returned"][0]["workbook"], token)
    assert status == 200 and f'filename="{number}-checked.xlsx"' in headers["Content-Disposition"]
    sheet = openpyxl.load_workbook(io.BytesIO(body)).active
    assert [cell.value for cell in sheet[3]][:2] == ["A-1", "0008"] and "many" in sheet["D3"].comment.text

    other = mmt("token", "add", "neighbour").stdout.strip()
    for link in (answer["returned"][0]["refused"], answer["returned"][0]["workbook"]):
        assert get(daemon, link)[0] == 401
        assert get(daemon, link, "mmt_" + "x" * 43)[0] == 401
        status, _, body = get(daemon, link, other)
        assert (status, json.loads(body)["error"]["code"]) == (404, "unknown_receipt")
    # What came another way, what does not exist, and what was never a table.
    assert get(daemon, "/api/v1/receipts/1/workbook", token)[0] == 404
    assert get(daemon, "/api/v1/receipts/999999/workbook", token)[0] == 404
    assert get(daemon, f"/api/v1/receipts/{number}/file", token)[0] == 404
    _, letter = send(daemon, "Dear neighbours", token=token)
    assert letter["returned"] == []
    status, _, body = get(daemon, f"/api/v1/receipts/{letter['receipts'][0]['receipt']}/refused?lang=zh", token)
    assert (status, json.loads(body)["error"]["message"]) == (404, "此回执的文件中没有可读取的表，没有可退还的行。")


def test_what_is_said_of_a_file_has_codes(daemon, token):
    _, answer = send(daemon, "site,month,opening,closing,remark\nA-2,2026-03,5,5,x\n", "name=b.csv", token)
    told = answer["receipts"][0]
    assert told["encodingReason"] == {"code": "ascii", "values": {}, "sentence": "only ASCII characters"}
    assert [(notice["code"], notice["values"]) for notice in told["notices"]] == [("columns_new", {"columns": "remark"})]
    assert told["notices"][0]["sentence"].endswith("did not have: remark.")
    _, answer = send(daemon, "site,month,opening\n", "name=c.csv&lang=zh", token)
    assert answer["receipts"][0]["refusal"] == {"code": "no_rows", "values": {}, "sentence": "文件只有表头，没有数据行。"}


def test_a_revoked_token_is_refused_at_once(mmt, daemon):
    token = mmt("token", "add", "leaver").stdout.strip()
    assert send(daemon, HEADER + "A-1,2026-06,1,1\n", token=token)[0] == 201
    assert mmt("token", "revoke", "leaver").returncode == 0
    assert send(daemon, HEADER + "A-1,2026-07,1,1\n", token=token)[0] == 401
    assert ", revoked 20" in mmt("token", "list").stdout
    assert mmt("token", "revoke", "leaver").returncode == 2


def test_what_was_loaded_is_in_the_metrics(daemon):
    connection = http.client.HTTPConnection("127.0.0.1", daemon, timeout=60)
    connection.request("GET", "/metrics")
    lines = connection.getresponse().read().decode().splitlines()
    connection.close()
    assert 'mmt_receipts_total{outcome="partly_loaded"} 2' in lines
    assert 'mmt_job_alert{job="inbox"} 1' in lines
