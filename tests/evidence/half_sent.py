"""Strangers who begin a request and do not end it: how long does everybody else wait?"""

import socket
import statistics
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from tests.evidence.running import PostgreSQL, SQLite, running

TITLE = "Requests that are half sent"
ABOUT = """64 connections begin a request and do not end it, all of one kind, to a web server of two processes with
four threads each. Meanwhile somebody asks for `/healthz` forty times. The figures are seconds, of the slowest answer;
2 is the limit."""
STRANGERS = 64
HEADER = b"POST /kirjaudu/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
BEGUN = {
    "body": HEADER + b"Content-Length: 100000\r\n\r\nlogin=half",
    "body in chunks": HEADER + b"Transfer-Encoding: chunked\r\n\r\nffff\r\nlogin=half",
    "header": HEADER + b"X-Half: ",
    "nothing": b"",
}


@contextmanager
def begun_requests(port, kind, number=STRANGERS):
    """So many connections, each with a request of this kind that never ends."""
    connections = [socket.create_connection(("127.0.0.1", port), timeout=10) for _stranger in range(number)]
    try:
        for connection in connections:
            connection.sendall(BEGUN[kind])
        time.sleep(0.5)
        yield connections
    finally:
        for connection in connections:
            connection.close()


def seconds_for(url, within=30):
    """How long one answer takes; `within` when there is none."""
    started = time.monotonic()
    try:
        with urllib.request.urlopen(url, timeout=within) as answer:
            answer.read()
    except OSError:
        return within
    return time.monotonic() - started


def pages_a_second(url, seconds, readers=8):
    """Pages that so many readers get, each asking for the next when it has one."""
    end = time.monotonic() + seconds

    def read(_reader):
        pages = 0
        while time.monotonic() < end:
            seconds_for(url)
            pages += 1
        return pages

    with ThreadPoolExecutor(readers) as pool:
        return sum(pool.map(read, range(readers))) / seconds


def measure(folder, is_full=True, template=None):
    database = SQLite(folder, template) if template else PostgreSQL()
    # A busy machine may be late once; a server whose threads hang is late always.
    times, late = (40, max) if is_full else (5, statistics.median)
    with running(folder, database) as site:
        health = f"{site.url}/healthz"
        figures = {"alone": late_by(health, times, late)}
        for kind in BEGUN:
            with begun_requests(site.port, kind):
                figures[f"beside {STRANGERS} with half a request ({kind})"] = late_by(health, times, late)
        return figures


def late_by(url, times, late=statistics.median):
    return round(late([seconds_for(url) for _time in range(times)]), 3)


def faults(figures):
    for name, seconds in figures.items():
        if seconds >= 2:
            yield f"{name}: {seconds} s"
