"""A machine of a test's own: mmt on a data folder, and the PostgreSQL that mmt runs there."""
import fcntl
import os
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MMT = ROOT / ".build/debug/mmt"


class Machine:
    """Runs mmt on `folder`, which PostgreSQL's account must be able to enter."""

    def __init__(self, folder, program=MMT):
        self.folder, self.program, self.data = folder, program, folder / "data"
        for above in [folder, *folder.parents][:3]:
            above.chmod(0o755)  # as root, PostgreSQL runs under another account, which has to get in
        self.environment = {**os.environ, "MMT_DATA": str(self.data), "LANG": "C.UTF-8"}
        for name in ("DATABASE_URL", "PGHOST", "PGSERVICE", "MMT_PSEUDONYM_KEY_FILE"):
            self.environment.pop(name, None)

    def run(self, *arguments, timeout=300):
        return subprocess.run([self.program, *map(str, arguments)], env=self.environment, capture_output=True,
                              text=True, timeout=timeout)

    def start(self, *arguments):
        """A program that goes on meanwhile; what it says is in .stdout and .stderr."""
        return subprocess.Popen([self.program, *map(str, arguments)], env=self.environment, stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, text=True)

    def write(self, name, lines):
        file = self.folder / name
        with open(file, "w") as out:
            out.writelines(line + "\n" for line in lines)
        return file

    def session(self, statement):
        """A session that has run the statement, and lasts until its input is closed."""
        process = subprocess.Popen(
            [self.programs / "psql", "-XqAt", "-h", self.data / "run", "-U", "postgres", "mmt"], text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        process.stdin.write(statement + ";\nselect 'done';\n")
        process.stdin.flush()
        for line in process.stdout:
            if line.strip() == "done":
                return process
        raise RuntimeError("the session did not begin")

    def query(self, statement):
        """Asks the server as its administrator, past mmt: rows of texts. The server must run."""
        answer = subprocess.run(
            [self.programs / "psql", "-XqAt", "-F", "\t", "-v", "ON_ERROR_STOP=1", "-h", self.data / "run",
             "-U", "postgres", "-c", "set search_path = mmt, public", "-c", statement, "mmt"],
            capture_output=True, text=True, timeout=120)
        if answer.returncode != 0:
            raise RuntimeError(answer.stderr)
        return [line.split("\t") for line in answer.stdout.splitlines()]

    def number(self, statement):
        return int(self.query(statement)[0][0])

    @property
    def programs(self):
        """The folder of the PostgreSQL that runs, or that made the cluster."""
        version = (self.data / "pg/PG_VERSION").read_text().strip()
        folder = Path(f"/usr/lib/postgresql/{version}/bin")
        return folder if folder.exists() else Path(f"/usr/pgsql-{version}/bin")

    def pg_ctl(self, *arguments):
        owner = (self.data / "pg").owner()
        as_owner = ["runuser", "-u", owner, "--"] if os.geteuid() == 0 else []
        # No pipe: the server would inherit it, and keep it open.
        subprocess.run([*as_owner, self.programs / "pg_ctl", *arguments, "-D", self.data / "pg", "-s"], cwd="/",
                       stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True,
                       timeout=60)

    def doing(self):
        """What the loader's sessions are doing: the beginnings of their statements."""
        return [text for text, in self.query(
            "select left(regexp_replace(query, '\\s+', ' ', 'g'), 60) from pg_stat_activity "
            "where usename = 'mmt_ingest' and state <> 'idle'")]

    def is_settled(self):
        """Whether the server answers, or is gone: not on its way up or down."""
        if not (self.data / "pg/postmaster.pid").exists():
            return True
        try:
            return self.query("select 1") == [["1"]]
        except RuntimeError:
            return False

    def wait_until(self, condition, seconds=30):
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            try:
                if condition():
                    return
            except RuntimeError:
                pass  # the server is not up yet
            time.sleep(0.005)
        raise AssertionError("it did not come to that")

    @contextmanager
    def kept_up(self):
        """The server goes on when the last mmt leaves, as it does after a kill."""
        with open(self.data / "in-use.lock") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH)
            yield

    @contextmanager
    def daemon(self):
        """mmt serve, from the moment at which it says where it is until it has been told to stop."""
        log = self.folder / "daemon.log"
        with open(log, "w") as out:
            process = subprocess.Popen([self.program, "serve", "--port", "0"], env=self.environment, stdout=out,
                                       stderr=out)
        try:
            self.wait_until(lambda: "http://127.0.0.1:" in log.read_text() or process.poll() is not None)
            assert process.poll() is None, log.read_text()
            yield log
        finally:
            process.terminate()
            process.wait(timeout=60)
