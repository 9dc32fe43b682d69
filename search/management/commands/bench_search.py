import os

from django.core.management.base import BaseCommand

from search.quality import benchmark


class Command(BaseCommand):
    help = "Times the search on made-up postings in a scratch index, or pages of the site on its own postings."

    def add_arguments(self, parser):
        parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
        parser.add_argument("--rounds", type=int, default=200)
        parser.add_argument("--pages", nargs="+", metavar="ADDRESS", help="time these instead; {} becomes words")

    def handle(self, *, sizes, rounds, pages, **options):
        names = benchmark.words_of_work()
        columns = "".join(f"{name:>9}" for name in ("p50 ms", "p90 ms", "p95 ms", "p95 CPU"))
        self.stdout.write(f"{'postings':>9}  {'request':28}{columns}")
        if pages:
            for page in pages:
                self._write("", benchmark.measure_page(page, names, rounds))
        else:
            self._measure_sizes(sizes, names, rounds)
        load = ", ".join(f"{minutes:.1f}" for minutes in os.getloadavg())
        self.stdout.write(f"Load of the machine in the last 1, 5 and 15 minutes: {load}")

    def _measure_sizes(self, sizes, names, rounds):
        try:
            for size in sizes:
                speed = benchmark.fill(size, names)
                for timing in benchmark.measure(size, names, rounds):
                    self._write(size, timing)
                self.stdout.write(f"{size:9d}  rebuilt at {speed:.0f} a second")
        finally:
            benchmark.forget()

    def _write(self, size, timing):
        row = f"{timing.p50:9.1f}{timing.p90:9.1f}{timing.p95:9.1f}{timing.cpu:9.1f}"
        self.stdout.write(f"{size:>9}  {timing.name:28}{row}")
