"""Work for the queue. A task only hurries what the timed work would do anyway within a minute."""

import logging

from django.db import transaction
from django_tasks import task

from search.retrieval import engine
from search.retrieval.indexing import index_objects
from search.retrieval.stores.engine import EngineFailed

logger = logging.getLogger(__name__)


@task()
def follow_changes(kind):
    """Copy what changed to the search engine. One that does not answer is asked again by the timed work."""
    try:
        engine.catch_up(kind)
    except EngineFailed as error:
        logger.warning("The search engine could not follow %s: %s", kind, error)


@task()
def index(kind, pks):
    """Bring these objects of a kind up to date in the index."""
    with transaction.atomic():
        index_objects(kind, pks)
