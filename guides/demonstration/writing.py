"""Writes the guides and the training package of this folder, each in the languages that its file has."""

from pathlib import Path

from guides import models
from guides.models import GuideIndexPage
from portal.models import HomePage
from portal.site.tree import add_page, languages, page_fields
from portal.site.writing import read

FOLDER = Path(__file__).parent
SHARED = ["audience", "minutes", "checked_date", "review_by"]


def tables():
    return [read(path) for path in sorted(FOLDER.glob("*.toml"))]


def write():
    """Makes the pages that are missing; what an editor has changed stays."""
    for table in tables():
        original = None
        for code in languages():
            if code in table:
                page = _write_page(table, code, original)
                original = original or page


def _write_page(table, code, original):
    shelf = GuideIndexPage.objects.filter(locale__language_code=code).order_by("path").get()
    fields = page_fields({name: value for name, value in table[code].items() if name != "themes"})
    fields["learning_goals"] = fields["learning_goals"].strip()
    page_class = getattr(models, table["kind"])
    if existing := page_class.objects.child_of(shelf).filter(slug=fields["slug"]).first():
        return existing
    page = add_page(shelf, page_class, original, **{name: table[name] for name in SHARED}, **fields)
    page.themes.set(table[code]["themes"])
    page.save()
    if table.get("on_front_page"):
        HomePage.objects.filter(locale=page.locale, depth=2, guide=None).update(guide=page)
    return page
