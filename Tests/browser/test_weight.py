# The first page on a cold cache, over the wire, headers included.

LIMIT_BYTES = 400_000


def test_first_page_is_light(reader):
    tab = reader()
    network = tab.context.new_cdp_session(tab.page)
    addresses, weights = {}, {}
    network.on("Network.responseReceived", lambda event: addresses.update({event["requestId"]: event["response"]["url"]}))
    network.on("Network.loadingFinished", lambda event: weights.update({event["requestId"]: event["encodedDataLength"]}))
    network.send("Network.enable")
    tab.open("/")
    tab.page.wait_for_load_state("networkidle")
    heaviest = sorted(((weight, addresses.get(request, "?")) for request, weight in weights.items()), reverse=True)
    total = sum(weights.values())
    listed = "\n".join(f"{weight:>9,.0f}  {address}" for weight, address in heaviest[:8])
    assert any("/vendor/vega.js" in address for _, address in heaviest), f"the charts' runtime was not counted:\n{listed}"
    assert total <= LIMIT_BYTES, f"{total:,.0f} bytes, {LIMIT_BYTES:,} allowed; the heaviest:\n{listed}"
