"""What the search knows of an organisation, and how the site-wide page shows it."""

from django.utils.translation import gettext_lazy as _

from organisations.models import Organisation
from search.index.descriptions import SearchDocument, describe, kind_of
from search.site.groups import Group, add_group


def describe_organisations():
    describe(
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
    add_group(
        Group(
            name="organisations",
            label=_("Associations"),
            kind=kind_of(Organisation),
            public=lambda pks: Organisation.objects.public().filter(pk__in=pks),
            text=lambda organisation: organisation.description,
            position=30,
        )
    )
