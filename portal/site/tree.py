"""The languages, the front pages and the pages that every site of ours has."""

from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from wagtail.models import Locale, Page, Site

from portal import models
from portal.models import HomePage, PortalSettings
from portal.site.writing import body, read, rich_text

FOLDER = Path(__file__).parent
RICH_FIELDS = {
    "start_text",
    "controller",
    "compliance",
    "shortcomings",
    "alternatives",
    "assessment",
    "feedback_contact",
    "supervisor",
}
STATEMENTS = {
    "funding_statement_fi": "Euroopan unionin osarahoittama",
    "funding_statement_sv": "Medfinansieras av Europeiska unionen",
    "funding_statement_en": "Co-funded by the European Union",
}


def languages():
    """The site's languages, the default one first: the others are translations of its pages."""
    return [code for code, _name in settings.LANGUAGES]


def set_up_languages():
    for code in languages():
        Locale.objects.get_or_create(language_code=code)


def texts(code):
    return read(FOLDER / f"pages_{code}.toml")


def set_up_home_pages():
    """Front pages in all languages, as translations of each other, in the place of Wagtail's welcome page."""
    original = None
    for code in languages():
        if original is None:
            original = _home_page(code)
        else:
            _home_page(code, translation_key=original.translation_key)
    _set_up_site(original)


def _set_up_site(home):
    address = urlsplit(settings.PUBLIC_URL)
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    welcome = site.root_page if site.pk else None
    site.hostname, site.port = address.hostname, address.port or {"https": 443}.get(address.scheme, 80)
    site.site_name = site.site_name or str(settings.SITE_NAME)
    if not welcome or not isinstance(welcome.specific, HomePage):
        site.root_page = home
    site.save()
    if welcome and type(welcome.specific) is Page and not welcome.get_children().exists():
        welcome.delete()


def _home_page(code, **fields):
    root = Page.get_first_root_node()
    existing = HomePage.objects.child_of(root).filter(locale__language_code=code).order_by("path").first()
    if existing:
        return existing
    page = HomePage(locale=Locale.objects.get(language_code=code), **page_fields(texts(code)["home"]), **fields)
    return root.add_child(instance=page)


def page_fields(table):
    """The fields of a page from its table in a TOML file."""
    fields = {name: rich_text(value) if name in RICH_FIELDS else value for name, value in table.items()}
    fields.pop("kind", None)
    fields.pop("key", None)
    if "body" in fields:
        fields["body"] = body(fields["body"])
    return fields


def set_up_page(page_class, original, code, **fields):
    """One page under the front page of its language; `original` is its Finnish sister, if this is a translation."""
    home = HomePage.objects.filter(locale__language_code=code, depth=2).order_by("path").get()
    return add_page(home, page_class, original, **fields)


def add_page(parent, page_class, original, **fields):
    existing = page_class.objects.child_of(parent).filter(slug=fields["slug"]).first()
    if existing is None and original is not None:
        existing = page_class.objects.filter(translation_key=original.translation_key, locale=parent.locale).first()
    if existing:
        return existing
    if original is not None:
        fields["translation_key"] = original.translation_key
    return parent.add_child(instance=page_class(locale=parent.locale, **fields))


def set_up_information_pages():
    originals: dict[str, Page] = {}
    for code in languages():
        for table in texts(code)["pages"]:
            key = table["key"]
            page = set_up_page(getattr(models, table["kind"]), originals.get(key), code, **page_fields(table))
            originals.setdefault(key, page)


def set_up_settings():
    """The statement of funding is given by the funder; the project's name is for staff to fill in."""
    portal_settings = PortalSettings.for_site(Site.objects.get(is_default_site=True))
    for name, statement in STATEMENTS.items():
        setattr(portal_settings, name, getattr(portal_settings, name) or statement)
    portal_settings.save()


def set_up_pages():
    """What every site has of pages: languages, front pages, fixed pages, settings. What exists is left as it is."""
    set_up_languages()
    set_up_home_pages()
    set_up_information_pages()
    set_up_settings()
