from datetime import date

import factory
import wagtail_factories

from guides.enums import Audience
from guides.models import GuideIndexPage, GuidePage, TrainingPackagePage
from portal.models import HomePage

BODY = [
    ("text", "<p>Perehdytys alkaa ennen ensimmäistä päivää.</p>"),
    ("heading", "Ennen kuin aloitat"),
    ("text", "<ol><li>Sovi työpari.</li></ol>"),
    ("checklist", {"title": "Ensimmäinen päivä", "items": ["Avain on valmiina"]}),
]


class HomePageFactory(wagtail_factories.PageFactory):
    title = "Järjestötyö"
    slug = "koti"
    question = "Millaista työtä etsit?"

    class Meta:
        model = HomePage


class GuideIndexPageFactory(wagtail_factories.PageFactory):
    title = "Oppaat"
    slug = "oppaat"

    class Meta:
        model = GuideIndexPage


class ReviewedPageFactory(wagtail_factories.PageFactory):
    """The simplest page of facts: checked lately, to be checked again in far time."""

    slug = factory.Sequence(lambda number: f"opas-{number}")
    summary = "Mitä sovitaan, ennen kuin työ alkaa."
    audience = Audience.ASSOCIATION
    minutes = 5
    body = BODY
    checked_date = date(2026, 11, 2)
    review_by = date(2999, 5, 2)

    class Params:
        late = factory.Trait(checked_date=date(2025, 11, 2), review_by=date(2026, 5, 2))


class GuidePageFactory(ReviewedPageFactory):
    title = factory.Sequence(lambda number: f"Opas {number}")

    class Meta:
        model = GuidePage


class TrainingPackagePageFactory(ReviewedPageFactory):
    title = factory.Sequence(lambda number: f"Koulutus {number}")
    slug = factory.Sequence(lambda number: f"koulutus-{number}")
    audience = Audience.EMPLOYER
    minutes = 150

    class Meta:
        model = TrainingPackagePage


def add_themes(page, *names):
    page.themes.add(*names)
    page.save()
    return page
