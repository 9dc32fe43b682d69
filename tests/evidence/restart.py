"""The database is restarted while people read: a page that says so, and well again without a restart of ours."""

import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from tests.evidence.running import PostgreSQL, running

TITLE = "The database restarts under load"
ABOUT = """Eight readers ask for the list of jobs and one for `/readyz` while PostgreSQL is stopped for three seconds,
ten times. Every answer is 200 or the page that says when to come back, 503, within 5 seconds; 2 seconds after the
database is back there are only 200."""
READERS = 8
AWAY = 3  # seconds


class Reader:
    def __init__(self, get):
        self.get, self.answers, self.is_ending = get, [], threading.Event()

    def read(self, path):
        while not self.is_ending.is_set():
            started = time.monotonic()
            status = self.get(path)
            self.answers.append((started, time.monotonic() - started, status))


def restarted(get, database, paths, times):
    """All answers as (when, how long, status), and when the database came back."""
    reader, back = Reader(get), []
    with ThreadPoolExecutor(len(paths)) as pool:
        for path in paths:
            pool.submit(reader.read, path)
        for _time in range(times):
            time.sleep(2)
            database.control("stop")
            time.sleep(AWAY)
            database.control("start")
            back.append(time.monotonic())
            time.sleep(4)
        reader.is_ending.set()
    return reader.answers, back


def told(answers, back):
    late = [when for when, _seconds, status in answers if status == 503 and any(2 < when - begun < 4 for begun in back)]
    statuses = Counter(status for _when, _seconds, status in answers)
    return {
        "restarts": len(back),
        "answers": len(answers),
        "of them 200": statuses[200],
        "of them 503": statuses[503],
        "others": len(answers) - statuses[200] - statuses[503],
        "slowest 503, seconds": round(max((took for _when, took, status in answers if status == 503), default=0), 1),
        "503 asked for later than 2 seconds after the return": len(late),
    }


def measure(folder, is_full=True):
    database = PostgreSQL()
    with running(folder, database) as site:
        for _page in range(20):
            site.get("/tyopaikat/")
        return told(*restarted(site.get, database, ["/readyz", *["/tyopaikat/"] * READERS], 10 if is_full else 1))


def faults(figures):
    for name in ("others", "503 asked for later than 2 seconds after the return"):
        if figures[name]:
            yield f"{name}: {figures[name]}"
    if not figures["of them 503"]:
        yield "the restart was not noticed: nothing was measured"
    if figures["slowest 503, seconds"] > 5:
        yield "a 503 took longer than 5 seconds"
