"""Pages for a long time: memory does not grow."""

import itertools
import time
from pathlib import Path

from django.urls import reverse

from tests.evidence.half_sent import begun_requests
from tests.evidence.running import PostgreSQL, SQLite, running

TITLE = "Twenty minutes of reading"
ABOUT = """About five pages a second: home, lists with words that nobody wrote before, associations, the search of the
site, sign-in, and once a minute 64 half-sent bodies. Measured is the memory that the web server's processes hold for
themselves (proportional set size), after three minutes and at the end; 10 % more is the limit. No process is renewed
meanwhile."""
NAMED = ("jobs:posting_list", "organisations:organisation_list", "jobs:application_status", "account_login")
SETTLING = 180  # seconds
MINUTES = 20


def children(parent):
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == parent:
            yield int(path.parent.name)


def memory(processes):
    """Megabytes."""
    lines = [line for number in processes for line in Path(f"/proc/{number}/smaps_rollup").read_text().splitlines()]
    return round(sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024, 1)


def pages():
    for number in itertools.count():
        yield f"{reverse('jobs:posting_list')}?q=sana{number}&municipality=167"
        yield f"{reverse('search:site_search')}?q=opas{number}"
        yield from ("/", "/sv/", *map(reverse, NAMED))


def read(site, reading, until=None, number=None):
    """The statuses other than 200 that came, until a time or for so many pages."""
    odd, count = [], 0
    while (until and time.monotonic() < until) or (number and count < number):
        path = next(reading)
        status = site.get(path)
        count += 1
        if status != 200:
            odd.append((path, status))
        if until:
            time.sleep(0.1)
        if count % 240 == 0:
            with begun_requests(site.port, "body"):
                site.get("/healthz")
    return count, odd


def measure(folder, is_full=True, template=None):
    database = SQLite(folder, template) if template else PostgreSQL()
    with running(folder, database) as site:
        began, reading = time.monotonic(), pages()
        bounds = [{"until": began + SETTLING}, {"until": began + MINUTES * 60}] if is_full else [{"number": 150}] * 2
        first, odd = read(site, reading, **bounds[0])
        processes = list(children(site.processes["web"]))
        early = memory(processes)
        second, odd_later = read(site, reading, **bounds[1])
        late = memory(processes) if set(processes) == set(children(site.processes["web"])) else 0
    return {
        "database": type(database).__name__,
        "pages": first + second,
        "answers other than 200": len(odd + odd_later),
        "megabytes once settled": early,
        "megabytes at the end": late,
        "growth, %": round(100 * (late - early) / early, 1),
    }


def faults(figures):
    if figures["answers other than 200"]:
        yield "not every page was shown"
    if not figures["megabytes at the end"]:
        yield "a process was renewed"
    if figures["growth, %"] > 10:
        yield f"memory grew by {figures['growth, %']} %"
