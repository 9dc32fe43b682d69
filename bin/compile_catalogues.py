#!/usr/bin/env python3
"""Compiles the named catalogues, or all of them, without gettext's own tools, which a fresh machine lacks."""

import sys
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[1]


def main():
    sources = sys.argv[1:] or sorted(ROOT.glob("locale/**/*.po"))
    for source in map(Path, sources):
        target, unfinished = source.with_suffix(".mo"), source.with_suffix(".mo.unfinished")
        polib.pofile(str(source)).save_as_mofile(str(unfinished))
        unfinished.replace(target)


if __name__ == "__main__":
    main()
