"""What the search knows of an organisation, and how the site-wide page shows it."""

from django.utils.translation import gettext_lazy as _

from organisations.models import Organisation
from search.index import descriptions
from search.index.descriptions import SearchDocument, kind_of
from search.site import groups
from search.site.groups import Group


def describe_organisations():
    descriptions.register(
        SearchDocument(
            model=Organisation,
            facets={
                "municipality": lambda organisation: [organisation.municipality_id],
                "field": lambda organisation: [field.code for field in organisation.activity_fields.all()],
            },
            listed=lambda organisation: organisation.is_public,
            queryset=Organisation.objects.for_detail,
        )
    )
    groups.register(
        Group(
            name="organisations",
            label=_("Associations"),
            kind=kind_of(Organisation),
            public=lambda pks: Organisation.objects.public().filter(pk__in=pks),
            text=lambda organisation: organisation.description,
            position=30,
        )
    )
