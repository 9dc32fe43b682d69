"""Telling the rest of the site that an organisation is another than before."""

from organisations.models import Organisation
from organisations.signals import organisation_changed
from search.index.descriptions import kind_of
from search.index.updating import index_objects


def announce(organisation: Organisation) -> None:
    """Brings the search index up to date and lets the apps above follow. Belongs into the transaction of the change."""
    index_objects(kind_of(Organisation), [organisation.pk])
    organisation_changed.send(Organisation, organisation=organisation)
