#!/usr/bin/env python3
"""Says what works less well on this machine, and how to mend it."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from search.analysis import voikko

NOTES = {
    "Finnish words are cut to stems, not read by Voikko (Debian: apt-get install libvoikko1 voikko-fi)": voikko.load,
    "no mail leaves: read it at /outbox/ (set EMAIL_URL)": lambda: os.environ.get("EMAIL_URL"),
}


def main():
    notes = [note for note, is_there in NOTES.items() if not is_there()]
    for note in notes:
        print(f"  On this machine {note}.")


if __name__ == "__main__":
    main()
