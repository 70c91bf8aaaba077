"""Where files go, and the plainest of tables."""
import os
from pathlib import Path

HEADER = "site,month,opening,closing"


class Folder:
    def __init__(self, path):
        self.path = Path(path)

    def __call__(self, name, content, sender="files"):
        """Writes a file; a name may be bytes that are no UTF-8."""
        folder = self.path / sender
        folder.mkdir(parents=True, exist_ok=True)
        with open(os.path.join(os.fsencode(folder), os.fsencode(name)), "wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)

    def at(self, name, sender="files"):
        """The path of a file that another library writes."""
        (self.path / sender).mkdir(parents=True, exist_ok=True)
        return self.path / sender / name

    def bytes(self, name, sender="files"):
        return (self.path / sender / name).read_bytes()


def lines(*rows, end="\n"):
    return "".join(row + end for row in rows)


def monthly(*rows, header=HEADER, end="\n"):
    """A short monthly report."""
    return lines(header, *rows, end=end)
