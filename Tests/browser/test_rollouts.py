# A roll-out is found from the list of trials; indicator and clinic are in the address and go back.

import re

from conftest import api
from playwright.sync_api import expect


def test_a_roll_out_is_found_drawn_and_asked(reader):
    tab = reader().open("/trials")
    page = tab.page
    name = api("rollouts")["panels"][0]["rows"][0]["rolloutText"]
    page.get_by_role("link", name=name).click()
    expect(page).to_have_url(re.compile("/rollouts/MI-TRAINING$"))
    expect(page.locator("main .lead")).to_have_text(api("rollouts/MI-TRAINING")["sentence"])
    for panel in ("course", "effect", "sites", "series"):
        page.locator(f"#{panel} .chart").scroll_into_view_if_needed()
        expect(page.locator(f"#{panel} .chart svg")).to_be_visible()
    page.locator("#indicator").select_option("positivity_clients")
    expect(page).to_have_url(re.compile("indicator=positivity_clients"))
    expect(page.locator(".standing")).to_contain_text("Exploratory")
    clinic = api("rollouts/MI-TRAINING")["clinics"][3]
    page.locator("#site").select_option(clinic["code"])
    expect(page.locator("#series h3")).to_contain_text(clinic["name"])
    page.go_back()
    page.go_back()
    expect(page.locator("#indicator")).to_have_value("dropout_rate")
