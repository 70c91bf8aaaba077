# The dashboard in a real browser, against a running daemon with the simulated sample:
#
#     MMT_URL=http://127.0.0.1:8090 MMT_DATA=/var/lib/mmt pytest Tests/browser
#
# Wants pytest, playwright, axe-playwright-python, and Chromium (MMT_CHROMIUM, or Debian's). Reads only, but for looks at the
# arms of a trial, through a second daemon with the trial statistician's rights: MMT_TRIALS_URL names it, or else MMT_DATA the
# first one's data folder, and it is started here. Codes and months are the daemon's own. The content security policy forbids evaluated strings, and with them `page.wait_for_function`:
# wait with `expect`, or with `reaches` below.

import csv
import io
import json
import os
import re
import signal
import subprocess
import time
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

URL = os.environ.get("MMT_URL", "").rstrip("/") or pytest.exit("MMT_URL names no daemon, such as http://127.0.0.1:8090")
MMT = Path(__file__).resolve().parents[2] / ".build/debug/mmt"
CHROMIUM = os.environ.get("MMT_CHROMIUM", "/usr/bin/chromium")
LOCALES = {"en": "en-GB", "zh": "zh-CN"}
WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 360, "height": 800}
WAIT_MS = 20_000
REPORT_VIOLATIONS = """addEventListener("securitypolicyviolation", (event) =>
  console.error(`Content security policy: ${event.violatedDirective} forbids ${event.blockedURI || "inline"} (${event.sample})`))"""

expect.set_options(timeout=WAIT_MS)


def answer(path, language="en", url=URL):
    with urlopen(Request(url + path, headers={"Accept-Language": language}), timeout=WAIT_MS / 1000) as response:
        return response.read().decode("utf-8-sig")


def api(path, language="en", url=URL):
    return json.loads(answer(f"/api/v1/{path}", language, url))


def table(text):
    return list(csv.DictReader(io.StringIO(text)))


class Places(NamedTuple):
    """Addresses of the sample that tests need, found where a reader would find them."""

    region: str
    site: str  # the clinic to call first
    usual_site: str  # the largest that has reported
    refused_receipt: int
    months: list


@pytest.fixture(scope="session")
def places():
    programme = api("programme")
    reported = [row for row in table(answer("/api/v1/sites.csv")) if row["caseload_state"] == "value"]
    largest = max(reported, key=lambda row: float(row["caseload"]))
    return Places(
        region=programme["regions"][0]["code"],
        site=programme["callFirst"]["items"][0]["site"]["code"],
        usual_site=largest["site"],
        refused_receipt=next(row["receipt"] for row in api("receipts")["rows"] if row["rejected"]),
        months=programme["months"],
    )


# Every kind of page, by its template in web/.
PAGES = {
    "programme": "/",
    "region": "/regions/{0.region}",
    "site": "/sites/{0.site}",
    "compare": "/compare/dropout_rate",
    "data": "/data",
    "trials": "/trials",
    "trial": "/trials/CARE",
    "rollout": "/rollouts/MI-TRAINING",
    "receipt": "/data/receipts/{0.refused_receipt}",
    "definitions": "/definitions",
    "missing": "/no-such-page",
}


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
        own = {"executable_path": CHROMIUM} if os.path.exists(CHROMIUM) else {}
        browser = playwright.chromium.launch(args=sandbox, **own)
        yield browser
        browser.close()


class Reader:
    """One reader's tab, with everything that a browser would complain about in it."""

    def __init__(self, browser: Browser, language="en", theme="light", size=WIDE, url=URL):
        self.context = browser.new_context(locale=LOCALES[language], color_scheme=theme, viewport=size, base_url=url)
        self.url = url
        self.context.set_default_timeout(WAIT_MS)
        self.context.add_init_script(REPORT_VIOLATIONS)
        self.page: Page = self.context.new_page()
        self.language = language
        self.status = None
        self.complaints = []
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.complaints.append(f"page error: {error}"))
        self.page.on("request", self._request)
        self.page.on("requestfailed", lambda request: self.complaints.append(f"failed: {request.url} ({request.failure})"))
        self.page.on("response", self._response)

    def open(self, path):
        self.status = self.page.goto(path, wait_until="commit").status
        self.settle()
        return self

    def settle(self):
        """Content shown, every picture drawn."""
        expect(self.page.locator("main")).not_to_have_attribute("aria-busy", "true")
        expect(self.page.locator(".chart:not(:has(svg, p))"), "charts not drawn").to_have_count(0)

    def reaches(self, condition, says):
        """Waits for a JavaScript condition, frame by frame."""
        met = self.page.evaluate(
            f"""() => new Promise((done) => {{
              const end = performance.now() + {WAIT_MS};
              const look = () => ({condition}) ? done(true) : performance.now() > end ? done(false) : requestAnimationFrame(look);
              look();
            }})"""
        )
        assert met, says

    def resize(self, size):
        self.page.set_viewport_size(size)
        fits = "[...document.querySelectorAll('.chart')].every((chart) => chart.querySelector('svg')?.width.baseVal.value <= chart.clientWidth + 1)"
        self.reaches(fits, "charts were not drawn again to the new width")

    def close(self):
        self.context.close()

    # A wrong address answers 404, and the browser logs that about the page itself.
    def _is_own_404(self, url):
        return url == self.page.url and self.status in (None, 404) and url.endswith(PAGES["missing"])

    def _console(self, message):
        if message.type in ("error", "warning") and not self._is_own_404(message.location["url"]):
            self.complaints.append(f"console {message.type}: {message.text}")

    def _request(self, request):
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob") and parts.netloc != urlsplit(self.url).netloc:
            self.complaints.append(f"request to another host: {request.url}")

    def _response(self, response):
        if response.status >= 400 and not response.url.endswith(PAGES["missing"]):
            self.complaints.append(f"HTTP {response.status}: {response.url}")


@pytest.fixture
def reader(browser):
    """Opens tabs of readers: reader(), reader("zh"), reader(theme="dark") …"""
    opened = []

    def new(*choices, **named):
        opened.append(Reader(browser, *choices, **named))
        return opened[-1]

    yield new
    for each in opened:
        each.close()


@pytest.fixture(scope="session")
def statistician(tmp_path_factory):
    """Where pages have the trial statistician's eyes."""
    if named := os.environ.get("MMT_TRIALS_URL", "").rstrip("/"):
        yield named
        return
    if "MMT_DATA" not in os.environ:
        pytest.fail("name the daemon of the trial statistician in MMT_TRIALS_URL, or the data folder of MMT_URL's in MMT_DATA")
    said = tmp_path_factory.mktemp("statistician") / "daemon.log"
    command = [MMT, "serve", "--port", "0", "--account", "trials"]
    with said.open("w") as log, subprocess.Popen(command, stdout=log, stderr=log) as daemon:
        try:
            while not (found := re.search(r"http://127\.0\.0\.1:\d+", said.read_text())):
                assert daemon.poll() is None, said.read_text()
                time.sleep(0.2)
            yield found.group()
        finally:
            daemon.send_signal(signal.SIGINT)


@pytest.fixture(scope="session", params=[f"{kind}-{language}" for kind in PAGES for language in LOCALES])
def visited(request, browser, places):
    """Each kind of page in each language, opened once for all tests that look at it."""
    kind, language = request.param.split("-")
    reader = Reader(browser, language)
    reader.kind = kind
    reader.open(PAGES[kind].format(places))
    yield reader
    reader.close()
