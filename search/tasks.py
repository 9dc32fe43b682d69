"""Work for the queue."""

from django.db import transaction
from django_tasks import task

from search.index.updating import index_objects


@task()
def index(kind: str, pks: list[int]) -> None:
    """Bring these objects of a kind up to date in the index."""
    with transaction.atomic():
        index_objects(kind, pks)
