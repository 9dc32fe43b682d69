"""Editors and moderators read the admin in Finnish: what Wagtail's own catalogues lack, ours has."""

import re
from pathlib import Path

import polib
import pytest
import wagtail
import wagtail_localize
from django.utils import translation
from django.utils.translation import gettext

from tests.plugins import ROOT

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}|%[sd]|<[^>]+>")
SUPPLEMENT = ROOT / "locale/wagtail/fi/LC_MESSAGES"
DOMAINS = ("django", "djangojs")
WAGTAIL, LOCALIZE = (Path(package.__file__).parent for package in (wagtail, wagtail_localize))
# The parts of the admin that our editors and moderators work in.
PARTS = [
    *(WAGTAIL / name for name in ("", "admin", "documents", "images", "snippets", "users", "contrib/settings")),
    LOCALIZE,
    LOCALIZE / "locales",
]
# Tokens for Wagtail's own programming interface; nobody here has them.
NOT_MET = re.compile(r"token|revoke|Wagtail API|routablepage|Dummy translator|Localize version", re.IGNORECASE)


def entries(path):
    return polib.pofile(str(path)) if path.exists() else []


def texts(entry):
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


@pytest.mark.parametrize("domain", DOMAINS)
def test_every_text_of_the_admin_is_in_finnish(domain):
    known = {entry.msgid for entry in entries(SUPPLEMENT / f"{domain}.po")}
    missing = []
    for part in PARTS:
        theirs = {entry.msgid for entry in entries(part / f"locale/fi/LC_MESSAGES/{domain}.po") if entry.translated()}
        for entry in entries(part / f"locale/en/LC_MESSAGES/{domain}.po"):
            if entry.msgid not in theirs | known and not NOT_MET.search(entry.msgid):
                missing.append(entry.msgid)
    assert not missing


@pytest.mark.parametrize("domain", DOMAINS)
def test_supplement_keeps_placeholders_and_marks(domain):
    broken = []
    for entry in entries(SUPPLEMENT / f"{domain}.po"):
        wanted = set(PLACEHOLDER.findall(entry.msgid + entry.msgid_plural))
        used = set(PLACEHOLDER.findall(" ".join(texts(entry))))
        if used != wanted or not all(texts(entry)):
            broken.append(entry.msgid)
    assert not broken


def test_supplement_is_read():
    with translation.override("fi"):
        assert gettext("Go to the first error") == "Siirry ensimmäiseen virheeseen"
