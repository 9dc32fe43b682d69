"""Every text of ours exists in every language; found here without gettext's tools, which a fresh machine lacks."""

import ast
import re

import polib
import pytest
from django.utils.translation.template import templatize

from portal.settings.apps import OUR_APPS
from tests.plugins import ROOT, folder_of

LANGUAGES = ("fi", "sv", "en")
# The position of the text, of its plural and of its context among the arguments.
CALLS = {
    "_": (0, None, None),
    "gettext": (0, None, None),
    "gettext_lazy": (0, None, None),
    "gettext_noop": (0, None, None),
    "ngettext": (0, 1, None),
    "ngettext_lazy": (0, 1, None),
    "pgettext": (1, None, 0),
    "pgettext_lazy": (1, None, 0),
    "npgettext": (1, 2, 0),
    "npgettext_lazy": (1, 2, 0),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}|%[sd]")
TEMPLATE_CALL = re.compile(r"\b(_|gettext|ngettext|pgettext|npgettext)\((?=u?['\"])")


def text_of(call, position):
    if position is None or len(call.args) <= position or not isinstance(call.args[position], ast.Constant):
        return None
    value = call.args[position].value
    return value if isinstance(value, str) else None


def texts_in_calls(tree):
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if name in CALLS:
            text, plural, context = (text_of(node, position) for position in CALLS[name])
            if text:
                yield context, text, plural


def texts_in_template(source):
    """Django turns a template into text in which only the calls are code; each is parsed by itself."""
    code = templatize(source)
    for match in TEMPLATE_CALL.finditer(code):
        for end in range(match.end(), len(code) + 1):
            try:
                tree = ast.parse(code[match.start() : end], mode="eval")
            except (SyntaxError, ValueError):
                continue
            yield from texts_in_calls(tree)
            break


def texts_of_the_code():
    for app in OUR_APPS:
        for path in folder_of(app).rglob("*.py"):
            yield from texts_in_calls(ast.parse(path.read_text()))
    for pattern in ("*.html", "*.txt"):
        for path in (ROOT / "templates").rglob(pattern):
            yield from texts_in_template(path.read_text())


def catalogue(language):
    return polib.pofile(str(ROOT / f"locale/{language}/LC_MESSAGES/django.po"))


def texts_of(entry):
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_in_the_catalogue(language):
    known = {
        (entry.msgctxt, entry.msgid, entry.msgid_plural or None) for entry in catalogue(language) if not entry.obsolete
    }
    assert not sorted(set(texts_of_the_code()) - known, key=str)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_entry_is_translated(language):
    assert not [entry.msgid for entry in catalogue(language) if entry.fuzzy or not all(texts_of(entry))]


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_survive_translation(language):
    broken = []
    for entry in catalogue(language):
        wanted = set(PLACEHOLDER.findall(entry.msgid + entry.msgid_plural))
        for text in filter(None, texts_of(entry)):
            used = set(PLACEHOLDER.findall(text))
            # One form of a plural may spell the number out.
            if used - wanted or (used != wanted and not entry.msgid_plural):
                broken.append(f"{entry.msgid!r} → {text!r}")
    assert not broken
