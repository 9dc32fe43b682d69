"""Page texts are kept in TOML files and written plainly: this turns them into what Wagtail stores.

It is Markdown, and of it only what the editor of the pages knows: paragraphs, lists, bold text and links.
"""

import re
import tomllib

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML

# A number stays with its thousands, its unit and its "klo".
INSIDE_NUMBER = re.compile(r"(?<=\d) (?=\d{3}\b|€|%|÷|×|tunti|prosent|kuukau|minuut|päivä|kunta)|(?<=\bklo) (?=\d)")


class PlainRenderer(RendererHTML):
    """HTML as the editor stores it: <b>, no line ends, nothing escaped that need not be."""

    def softbreak(self, tokens, number, options, env):
        return " "

    def strong_open(self, tokens, number, options, env):
        return "<b>"

    def strong_close(self, tokens, number, options, env):
        return "</b>"


markdown = MarkdownIt("zero", renderer_cls=PlainRenderer).enable(["list", "emphasis", "link", "escape", "newline"])


def read(path):
    return tomllib.loads(path.read_text(encoding="utf-8"))


def unbroken(text):
    return INSIDE_NUMBER.sub("\u00a0", text)


def paragraphs(text):
    """Plain text with its lines joined: one line for each paragraph, an empty one between."""
    parts = re.split(r"\n\s*\n", text.strip())
    return unbroken("\n\n".join(" ".join(line.strip() for line in part.splitlines()) for part in parts))


def rich_text(text):
    return markdown.render(unbroken(text)).replace("\n", "")


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
