"""Measures in full and writes docs/evidence/NAME.md: bin/evidence [NAME …], all of them without a name."""

import os
import subprocess
import sys
import tempfile
import textwrap
from importlib import import_module
from pathlib import Path

from django.utils import timezone

from tests.plugins import ROOT

NAMES = ("half_sent", "hostile", "kills", "restart", "soak")


def commit_now():
    """Asked before measuring: what is measured is the code that was there at the start."""
    git = ["git", "rev-parse", "--short=12", "HEAD"]
    return subprocess.run(git, cwd=ROOT, check=True, capture_output=True, text=True).stdout.strip()


def page(subject, figures, faults, commit):
    python = ".".join(map(str, sys.version_info[:3]))
    machine = f"Python {python}, {os.cpu_count()} processors"
    measured = f"Measured {timezone.localdate():%-d.%-m.%Y} at commit {commit}, {machine}."
    rows = ["| | |", "| --- | --: |", *(f"| {name} | {value} |" for name, value in figures.items())]
    verdict = f"**Does not hold**: {'; '.join(faults)}." if faults else "**Holds.**"
    about = "\n".join(textwrap.wrap(" ".join(subject.ABOUT.split()), 140))
    return "\n\n".join([f"# {subject.TITLE}", about, measured, "\n".join(rows), verdict]) + "\n"


def main():
    for name in sys.argv[1:] or NAMES:
        subject = import_module(f"tests.evidence.{name}")
        commit = commit_now()
        with tempfile.TemporaryDirectory(dir="/tmp") as folder:
            figures = subject.measure(Path(folder))
        faults = list(subject.faults(figures))
        target = ROOT / f"docs/evidence/{name.replace('_', '-')}.md"
        target.parent.mkdir(exist_ok=True)
        target.write_text(page(subject, figures, faults, commit))
        sys.stdout.write(target.read_text())


if __name__ == "__main__":
    main()
