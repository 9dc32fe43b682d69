"""The installed pages are written in Markdown and stored as the editor would store them."""

import re

import pytest

from portal.site.tree import FOLDER, RICH_FIELDS
from portal.site.writing import read, rich_text

KNOWN = {"p", "b", "a", "ul", "ol", "li"}


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Yksi\nkaksi.\n\nToinen.", "<p>Yksi kaksi.</p><p>Toinen.</p>"),
        ("Näin:\n- a\n- **b**", "<p>Näin:</p><ul><li>a</li><li><b>b</b></li></ul>"),
        ("1. a\n1. b", "<ol><li>a</li><li>b</li></ol>"),
        ("[Kela](https://www.kela.fi/a?b=1)", '<p><a href="https://www.kela.fi/a?b=1">Kela</a></p>'),
        ("20 % ja <script>", "<p>20\u00a0% ja &lt;script&gt;</p>"),
        ("# ei otsikkoa", "<p># ei otsikkoa</p>"),
        ("[x](javascript:alert)", "<p>[x](javascript:alert)</p>"),
        ("", ""),
    ],
)
def test_markdown_becomes_the_editors_html(text, html):
    assert rich_text(text) == html


def rich_texts(value, key=""):
    if isinstance(value, str) and (key in RICH_FIELDS or key == "text"):
        yield value
    elif isinstance(value, dict):
        for name, part in value.items():
            yield from rich_texts(part, name)
    elif isinstance(value, list):
        for part in value:
            yield from rich_texts(part)


@pytest.mark.parametrize("code", ["fi", "sv", "en"])
def test_the_installed_pages_hold_nothing_that_the_editor_does_not_know(code):
    texts = list(rich_texts(read(FOLDER / f"pages_{code}.toml")))
    assert texts
    assert {tag for text in texts for tag in re.findall(r"</?(\w+)", rich_text(text))} <= KNOWN
