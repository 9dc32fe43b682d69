"""Measures in full and writes docs/evidence/NAME.md: bin/evidence [NAME …], all of them without a name."""

import os
import subprocess
import sys
import tempfile
from datetime import date
from importlib import import_module
from pathlib import Path

from tests.plugins import ROOT

NAMES = ("half_sent", "kills", "restart", "soak")


def page(subject, figures, faults):
    commit = subprocess.run(["git", "rev-parse", "--short=12", "HEAD"], cwd=ROOT, capture_output=True, text=True).stdout
    lines = [f"# {subject.TITLE}", "", " ".join(subject.ABOUT.split()), ""]
    version = ".".join(map(str, sys.version_info[:3]))
    lines += [
        f"Measured {date.today():%-d.%-m.%Y} at commit {commit.strip()}, Python {version}, {os.cpu_count()} processors.",
        "",
    ]
    lines += ["| | |", "| --- | --: |", *(f"| {name} | {value} |" for name, value in figures.items()), ""]
    lines += [f"**Does not hold**: {'; '.join(faults)}." if faults else "**Holds.**"]
    return "\n".join(lines) + "\n"


def main():
    for name in sys.argv[1:] or NAMES:
        subject = import_module(f"tests.evidence.{name}")
        with tempfile.TemporaryDirectory(dir="/tmp") as folder:
            figures = subject.measure(Path(folder))
        faults = list(subject.faults(figures))
        target = ROOT / f"docs/evidence/{name.replace('_', '-')}.md"
        target.parent.mkdir(exist_ok=True)
        target.write_text(page(subject, figures, faults))
        print(target.read_text())


if __name__ == "__main__":
    main()
