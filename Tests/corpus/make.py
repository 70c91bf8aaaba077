"""Writes the corpus of hostile files: make.py FOLDER. The same bytes every time; nothing of it is committed.

Each subfolder is a sender: `first` is loaded before all others, in the order of its names. The receipt that each file
must give is in expected/<sender>/<name, percent-encoded>.json, judged by hand and never recorded from a run.
"""
import sys

from topics import (arrivals, calendars, clinics, containers, data_values, encodings, headers, kinds, layout, letters,
                    names, numbers, quotes, registry, senders, sheets, workbook_bombs, workbook_cells, workbook_damage,
                    workbook_writers)
from topics.folder import Folder

TOPICS = [registry, encodings, quotes, letters, layout, headers, numbers, calendars, clinics, kinds, sheets,
          workbook_cells, workbook_damage, workbook_bombs, workbook_writers, containers, data_values, names, senders,
          arrivals]

if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    folder = Folder(sys.argv[1])
    for topic in TOPICS:
        topic.write(folder)
