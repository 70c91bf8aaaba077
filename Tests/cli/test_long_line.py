"""One line without an end, through a pipe: MMT_LINE_MB says how long (200; 2048 was measured too)."""
import os
import subprocess
import sys
import threading
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MMT = Path(os.environ.get("MMT_PROGRAM", ROOT / ".build/debug/mmt"))
MEBIBYTES = int(os.environ.get("MMT_LINE_MB", "200"))
#: The program reads a chunk at a time, whatever the length; this is twice what it needs to run at all.
MOST_MEMORY = 100 << 20
#: Linux counts the memory of the process that starts a program as the program's own until it runs; a suite of tests is
#: large, so a small process starts it, and tells what the program itself took.
MEASURE = """
import resource, subprocess, sys
status = subprocess.run(sys.argv[1:]).returncode
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss << 10, file=sys.stderr)
sys.exit(status)
"""


def test_a_line_without_an_end_is_refused_in_little_memory(tmp_path_factory):
    folder = tmp_path_factory.mktemp("line")
    for above in [folder, *folder.parents][:3]:
        above.chmod(0o755)  # as root, PostgreSQL runs under another account, which has to get in
    pipe = folder / "line.csv"
    os.mkfifo(pipe)

    def write():
        with open(pipe, "wb") as file:
            for _ in range(MEBIBYTES):
                file.write(b"x" * (1 << 20))

    threading.Thread(target=write, daemon=True).start()
    environment = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "PGHOST", "PGSERVICE")}
    load = subprocess.run([sys.executable, "-c", MEASURE, MMT, "load", pipe], capture_output=True, text=True,
                          env={**environment, "MMT_DATA": str(folder / "data"), "LANG": "en_GB.UTF-8"})
    assert load.returncode == 2, load.stdout + load.stderr
    assert "A cell that begins on line 1 is longer than 65,536 bytes" in load.stdout
    assert int(load.stderr.split()[-1]) < MOST_MEMORY
