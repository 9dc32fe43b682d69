"""The invented project that pays for the demonstration: its name, its period and its help line."""

from wagtail.models import Site

from portal.models import InformationPage, PortalSettings

NAME = "Järjestötyöllistäminen työllisyyden ekosysteemissä (ESR+)"
PERIOD = "Pohjois-Karjala 2024–2026"
# The pages about the project, with what their first two definitions say until staff fill them in.
PAGES = {"tietoa-hankkeesta": "Täydennä", "om-projektet": "Fyll i", "about-the-project": "To be filled in"}
SETTINGS = {
    "project_name": NAME,
    "project_period": PERIOD,
    "help_phone": "013 000 0000",
    "help_hours_fi": "arkisin klo 9–15",
    "help_hours_sv": "vardagar kl. 9–15",
    "help_hours_en": "weekdays 9–15",
}


def write():
    portal_settings = PortalSettings.for_site(Site.objects.get(is_default_site=True))
    portal_settings.is_demonstration = True
    for name, value in SETTINGS.items():
        setattr(portal_settings, name, getattr(portal_settings, name) or value)
    portal_settings.save()
    for page in InformationPage.objects.filter(slug__in=PAGES).order_by("path"):
        _write_page(page)


def _write_page(page):
    definitions = next(child for child in page.body if child.block_type == "definitions")
    for definition, value in zip(definitions.value["definitions"], [NAME, PERIOD], strict=False):
        if definition["meaning"].startswith(PAGES[page.slug]):
            definition["meaning"] = value
            page.save()
