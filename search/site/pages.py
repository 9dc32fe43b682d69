"""What the search knows of the page tree: which pages the public finds, and their group on the search page."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from search.filters import Filters
from search.index import descriptions
from search.index.descriptions import SearchDocument, kind_of
from search.site import groups
from search.site.groups import Group

KIND = "wagtailcore.page"


def describe_pages() -> None:
    """Register the page tree: its types are a facet, so that apps can make groups of their own page types."""
    descriptions.register(
        SearchDocument(
            model=Page,
            facets={
                "type": lambda page: [page.specific_class._meta.label_lower],
                "locale": lambda page: [page.locale.language_code],
            },
            language=lambda page: page.locale.language_code,
            listed=is_public,
        )
    )
    register_page_group("pages", _("Pages"), types=None, position=90)


def is_public(page: Any) -> bool:
    """Published, and without a restriction of its own or from above."""
    return page.live and page.depth > 1 and not page.get_view_restrictions().exists()


_claimed: set[str] = set()


def register_page_group(name: str, label: Any, *, types: Iterable[str] | None, position: int = 50) -> None:
    """A group of the search page for these page types ("guides.guidepage"); None is every type that no group claims."""
    _claimed.update(types or ())

    def filters() -> Filters:
        choices = {"locale": frozenset({get_language() or "fi"})}
        if types is None:
            return Filters(any_of=choices, none_of={"type": frozenset(_claimed)})
        return Filters(any_of={**choices, "type": frozenset(types)})

    groups.register(
        Group(
            name=name,
            label=label,
            kind=kind_of(Page),
            public=lambda pks: Page.objects.live().public().filter(pk__in=pks).select_related("locale").specific(),
            url=lambda page, request: page.get_url(request),
            text=lambda page: getattr(page, "summary", "") or page.search_description,
            language=lambda page: page.locale.language_code,
            filters=filters,
            position=position,
        )
    )
