from django.core.management.base import BaseCommand

from search.retrieval import benchmark


class Command(BaseCommand):
    help = "Times the search on made-up postings in a scratch index."

    def add_arguments(self, parser):
        parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
        parser.add_argument("--rounds", type=int, default=200)

    def handle(self, *, sizes, rounds, **options):
        names = benchmark.words_of_work()
        self.stdout.write(f"{'postings':>9}  {'request':28}{'p50 ms':>9}{'p90 ms':>9}{'p95 ms':>9}")
        try:
            for size in sizes:
                speed = benchmark.fill(size, names)
                for timing in benchmark.measure(size, names, rounds):
                    row = f"{timing.p50:9.1f}{timing.p90:9.1f}{timing.p95:9.1f}"
                    self.stdout.write(f"{size:9d}  {timing.name:28}{row}")
                self.stdout.write(f"{size:9d}  rebuilt at {speed:.0f} a second")
        finally:
            benchmark.forget()
