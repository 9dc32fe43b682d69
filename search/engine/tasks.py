"""Work for the queue. It only hurries what the timed work would do anyway within a minute."""

import logging

from django.db import transaction
from django_tasks import task

from search.engine.client import EngineFailed
from search.engine.configured import is_configured
from search.engine.replication import replicate

logger = logging.getLogger(__name__)


@task()
def follow_changes(kind: str) -> None:
    """Copy what changed to the search engine. One that does not answer is asked again by the timed work."""
    try:
        replicate(kind)
    except EngineFailed as error:
        logger.warning("The search engine could not follow %s: %s", kind, error)


def ask_for(kind: str) -> None:
    """Let the engine follow a change of this kind once it is committed."""
    if is_configured():
        transaction.on_commit(lambda: follow_changes.enqueue(kind))
