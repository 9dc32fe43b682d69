"""What the documents say of files is true: every path that they name is there."""

import re

import pytest

from tests.plugins import ROOT

DOCUMENTS = ["README.md", "CONTRIBUTING.md", *(f"docs/{path.name}" for path in sorted((ROOT / "docs").glob("*.md")))]
# A path in code marks that begins with a folder of ours.
PATH = re.compile(r"`((?:accounts|portal|search|organisations|guides|jobs|tests|docs|templates|bin)/[\w./-]*)")


def named(document):
    return set(PATH.findall((ROOT / document).read_text()))


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_file_that_a_document_names_is_there(document):
    assert not [path for path in named(document) if not (ROOT / path).exists()]


def test_the_recipes_name_files():
    assert len(named("docs/recipes.md")) > 10


TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_test_that_a_document_names_is_there(document):
    tests = TEST.findall((ROOT / document).read_text())
    assert not [(path, name) for path, name in tests if f"def {name}(" not in (ROOT / path).read_text()]


def test_every_defence_has_its_test():
    rows = [line for line in (ROOT / "docs/security.md").read_text().splitlines() if line.startswith("| ")]
    told = [row for row in rows if not row.startswith(("| threat", "| ---"))]
    assert len(told) > 20
    assert not [row for row in told if not TEST.search(row)]
