"""Templates of organisations stay readable: short lines, and includes that take one object instead of many names."""

import re

import pytest

from tests.plugins import ROOT

TEMPLATES = sorted((ROOT / "templates/organisations").rglob("*.html"))
LONGEST_LINE, MOST_NAMES = 140, 5
INCLUDE = re.compile(r"{%\s*include\s.*?%}")


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_lines_are_short(path):
    assert not [line for line in path.read_text().splitlines() if len(line) > LONGEST_LINE]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_includes_take_few_names(path):
    assert not [tag for tag in INCLUDE.findall(path.read_text()) if len(re.findall(r"\b\w+=", tag)) > MOST_NAMES]
