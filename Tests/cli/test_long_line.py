"""One line without an end, through a pipe: MMT_LINE_MB says how long (200; 2048 was measured too)."""
import os
import subprocess
import threading
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MMT = Path(os.environ.get("MMT_PROGRAM", ROOT / ".build/debug/mmt"))
MEBIBYTES = int(os.environ.get("MMT_LINE_MB", "200"))
#: The program reads a chunk at a time, whatever the length; this is what it needs to run at all, twice over.
MOST_MEMORY = 400 << 20


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
    load = subprocess.Popen([MMT, "load", pipe], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                            env={**environment, "MMT_DATA": str(folder / "data"), "LANG": "en_GB.UTF-8"})
    text = load.stdout.read()
    _, status, usage = os.wait4(load.pid, 0)
    assert os.waitstatus_to_exitcode(status) == 2, text
    assert "A cell that begins on line 1 is longer than 65,536 bytes" in text
    assert usage.ru_maxrss << 10 < MOST_MEMORY
