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
