import gc
import time
from contextlib import contextmanager

from django.core.management.base import BaseCommand, CommandError

from search.analysis import fingerprint
from search.engine.client import EngineFailed
from search.engine.configured import is_configured
from search.engine.replication import lag, replicate_all
from search.index.objects import models_by_kind
from search.index.reconciling import drift_of
from search.index.updating import learn_vocabularies, rebuild
from search.models import SearchIndex

# New objects before the collector looks among them, and so on upwards.
SELDOM = (100_000, 50, 50)


@contextmanager
def collecting_seldom():
    """A rebuild makes millions of objects that no cycle holds: to look for cycles took a tenth of its time."""
    usual = gc.get_threshold()
    gc.set_threshold(*SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


class Command(BaseCommand):
    help = "Rebuilds the search index; readers see the old one until the new one is whole."

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="only count differences; exit 1 if there are any")

    def handle(self, *, check, **options):
        if check:
            self._check()
            return
        with collecting_seldom():
            learn_vocabularies()
            for kind in models_by_kind():
                begun = time.perf_counter()
                number = rebuild(kind)
                self.stdout.write(f"{kind}: {number} in {time.perf_counter() - begun:.1f} s")
        try:
            copied = replicate_all()
        except EngineFailed as error:
            raise CommandError(f"The database's index is whole, the search engine's is not: {error}") from error
        if is_configured():
            self.stdout.write(f"{copied} copied to the search engine")

    def _check(self):
        differences = 0
        for state in SearchIndex.objects.exclude(analysis=fingerprint()):
            self.stderr.write(
                f"{state.kind}: made by {state.analysis}, this machine has {fingerprint()}, until it is rebuilt"
            )
            differences += 1
        for kind in models_by_kind():
            drift = drift_of(kind, thoroughly=True)
            differences += len(drift)
            self.stdout.write(
                f"{kind}: {len(drift.missing)} missing, {len(drift.orphaned)} left over, {len(drift.outdated)} outdated"
            )
        differences += self._check_engine()
        if differences:
            raise CommandError(f"{differences} differences", returncode=1)

    def _check_engine(self):
        if not is_configured():
            return 0
        behind = lag()
        self.stdout.write(f"search engine: {behind} changes behind")
        return behind
