"""How the command line is run: the debug build, on a data folder of each module's own."""
import os
import subprocess
from pathlib import Path

import pytest

from books import SITES
from machine import Machine

MMT = Path(__file__).resolve().parents[2] / ".build/debug/mmt"


@pytest.fixture(scope="module")
def mmt(tmp_path_factory):
    """Runs mmt on a data folder of this module's own."""
    folder = tmp_path_factory.mktemp("mmt")
    for above in [folder, *folder.parents][:3]:
        above.chmod(0o755)  # as root, PostgreSQL runs under another account, which has to get in
    environment = {**os.environ, "MMT_DATA": str(folder / "data"), "LANG": "en_GB.UTF-8"}
    for name in ("DATABASE_URL", "PGHOST", "PGSERVICE"):
        environment.pop(name, None)

    def run(*arguments, **options):
        return subprocess.run(
            [MMT, *map(str, arguments)], env=environment, capture_output=True, text=True, timeout=120, **options)

    run.environment = environment
    run.folder = folder
    return run


@pytest.fixture(scope="module")
def machine(tmp_path_factory):
    machine = Machine(tmp_path_factory.mktemp("mmt"))
    registry = machine.write("sites.csv", ["site,name,region", *(f"{code},Clinic,K" for code in SITES)])
    assert machine.run("load", registry).returncode == 0
    yield machine
    machine.run("receipt", 1)  # the last mmt to leave stops the server
