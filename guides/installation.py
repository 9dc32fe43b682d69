"""The guides' shelf in every language, and the rule that a second person reads what is published."""

from pathlib import Path

from wagtail.models import Collection

from guides.actions import ensure_workflow
from guides.models import GuideIndexPage
from portal.site.groups import moderators
from portal.site.tree import languages, set_up_page
from portal.site.writing import read

SHELVES = Path(__file__).parent / "index_pages.toml"


def set_up_index_pages():
    tables = read(SHELVES)
    original = None
    for code in languages():
        page = set_up_page(GuideIndexPage, original, code, **tables[code])
        original = original or page


def set_up_collections():
    root = Collection.get_first_root_node()
    for name in ["Yhdistysten tunnukset", "Oppaiden kuvat ja tiedostot"]:
        if not Collection.objects.filter(name=name).exists():
            root.add_child(name=name)
            root.refresh_from_db()


def set_up():
    set_up_index_pages()
    ensure_workflow(moderators())
    set_up_collections()
