"""What the documents and the lock files promise is there."""

import re

import pytest
from django.core.management import get_commands

from tests.plugins import ROOT

DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
TARGET = re.compile(r"`make ([a-z-]+)")
COMMAND = re.compile(r"`manage\.py ([a-z_]+)")
NAME = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)")


def each_document():
    return pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())


@each_document()
def test_links_lead_somewhere(path):
    assert not [link for link in LINK.findall(path.read_text()) if not (path.parent / link).exists()]


@each_document()
def test_named_targets_exist(path):
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(TARGET.findall(path.read_text())) <= targets


@each_document()
def test_named_commands_exist(path):
    assert set(COMMAND.findall(path.read_text())) <= set(get_commands())


def wanted(name):
    lines = (ROOT / "requirements" / name).read_text().splitlines()
    return {match[1].lower().replace("_", "-") for line in lines if (match := NAME.match(line))}


@pytest.mark.parametrize("name", ["base", "dev"])
def test_everything_wanted_is_locked_with_hashes(name):
    lock = (ROOT / f"requirements/{name}.txt").read_text()
    assert wanted(f"{name}.in") <= wanted(f"{name}.txt")
    assert lock.count("==") <= lock.count(" --hash=")
    assert "://" not in lock
