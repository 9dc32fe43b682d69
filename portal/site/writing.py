"""Page texts are kept in TOML files and written plainly: this turns them into what Wagtail stores.

A blank line ends a paragraph, a line that begins with "- " or "1. " belongs to a list, **two stars** make text bold
and [words](https://address) a link.
"""

import re
import tomllib
from html import escape
from itertools import groupby

BOLD = re.compile(r"\*\*(.+?)\*\*")
LINK = re.compile(r"\[(.+?)\]\((\S+?)\)")
# A number stays with its thousands, its unit and its "klo".
INSIDE_NUMBER = re.compile(r"(?<=\d) (?=\d{3}\b|€|%|÷|×|tunti|prosent|kuukau|minuut|päivä|kunta)|(?<=\bklo) (?=\d)")
LISTS = {"- ": "ul", "1. ": "ol"}


def read(path):
    return tomllib.loads(path.read_text(encoding="utf-8"))


def unbroken(text):
    return INSIDE_NUMBER.sub("\u00a0", text)


def paragraphs(text):
    """Plain text with its lines joined: one line for each paragraph, an empty one between."""
    parts = re.split(r"\n\s*\n", text.strip())
    return unbroken("\n\n".join(" ".join(line.strip() for line in part.splitlines()) for part in parts))


def rich_text(text):
    return "".join(_part(part.strip()) for part in re.split(r"\n\s*\n", unbroken(text).strip()))


def body(parts):
    """The value of a page's StreamField; each part is a table with one key, the name of its block."""
    return [_block(name, value) for part in parts for name, value in part.items()]


def _block(name, value):
    if name == "text":
        return (name, rich_text(value))
    if name == "definitions":
        return (name, {"definitions": [{"term": term, "meaning": unbroken(text)} for term, text in value.items()]})
    if name == "call_out":
        return (name, {**value, "text": rich_text(value["text"])})
    return (name, value)


def _part(part):
    lines = [line.strip() for line in part.splitlines()]
    html = ""
    for element, group in groupby(
        lines, key=lambda line: next((LISTS[mark] for mark in LISTS if line.startswith(mark)), "p")
    ):
        if element == "p":
            html += f"<p>{_inline(' '.join(group))}</p>"
        else:
            items = "".join(f"<li>{_inline(line.split(' ', 1)[1])}</li>" for line in group)
            html += f"<{element}>{items}</{element}>"
    return html


def _inline(text):
    return LINK.sub(r'<a href="\2">\1</a>', BOLD.sub(r"<b>\1</b>", escape(text, quote=False)))
