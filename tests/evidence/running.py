"""The whole site as bin/compose-here runs it, with a database of its own, for as long as something is measured."""

import itertools
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg

from tests.browser.servers import free_port
from tests.plugins import ROOT

PYTHON = ROOT / ".venv/bin/python"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
KEPT = ("PATH", "HOME", "LANG", "OPENBLAS_CORETYPE")


readers = itertools.count()


class SQLite:
    """A file, begun as a copy of one whose tables are there."""

    def __init__(self, folder, template):
        self.file = folder / "db.sqlite3"
        self.url = f"sqlite:///{self.file}"
        shutil.copyfile(template, self.file)

    def ask(self, statement):
        with closing(sqlite3.connect(self.file, timeout=20)) as connection, connection:
            return connection.execute(statement).fetchall()

    def stop(self):
        """A file needs no end."""


class PostgreSQL:
    """A server of its own, which can be restarted under load."""

    def __init__(self):
        self.binaries = binaries_of_postgresql()
        # Beside the caller's folder, which may be closed to the user that PostgreSQL runs as.
        self.kept, self.port = Path(tempfile.mkdtemp(prefix="jarjestotyo-evidence.", dir="/tmp")), free_port()
        self.folder = self.kept / "postgresql"
        self.url = f"postgres://tests@127.0.0.1:{self.port}/postgres"
        self.folder.mkdir()
        if os.getuid() == 0:
            self.kept.chmod(0o755)
            subprocess.run(["chown", "postgres:postgres", self.folder], check=True)
        self.run("initdb", "--username=tests", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8")
        self.options = f"-h 127.0.0.1 -p {self.port} -k ''"
        self.control("start")

    def run(self, program, *arguments):
        become = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"] if os.getuid() == 0 else []
        command = [*become, self.binaries / program, f"--pgdata={self.folder}", *arguments]
        subprocess.run(command, check=True, cwd="/", stdout=subprocess.DEVNULL)

    def control(self, verb):
        mode = [] if verb == "start" else ["--mode=fast"]
        options = ["--options", self.options, "--log", str(self.folder / "log")] if verb != "stop" else []
        self.run("pg_ctl", "--wait", "--silent", *mode, *options, verb)

    def ask(self, statement):
        with psycopg.connect(self.url) as connection:
            cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def stop(self):
        self.control("stop")
        shutil.rmtree(self.kept)


def binaries_of_postgresql():
    """The newest on this machine, or None."""
    return max(Path("/usr/lib/postgresql").glob("*/bin"), default=None, key=lambda path: int(path.parent.name))


class Running:
    """What bin/compose-here runs. `processes` are the ids of those that it began last, by name."""

    def __init__(self, folder, database, **settings):
        self.database, self.port, self.folder = database, free_port(), folder
        self.url = f"http://localhost:{self.port}"
        kept = {name: os.environ[name] for name in KEPT if name in os.environ}
        self.settings = {
            **kept,
            "PORT": str(self.port),
            "DATABASE_URL": database.url,
            "EMAIL_URL": "dummymail://",
            "STATIC_ROOT": str(ROOT / ".cache/static-root"),
            "TRUSTED_PROXIES": "1",
            "LOG_LEVEL": "WARNING",
            **settings,
        }
        self.log = folder / "log"

    def start(self):
        with self.log.open("w") as log:
            command = [ROOT / "bin/compose-here", self.folder]
            self.process = subprocess.Popen(command, cwd=ROOT, env=self.settings, stdout=log, stderr=log)
        self.wait()

    def wait(self, seconds=120):
        end = time.monotonic() + seconds
        while self.get("/readyz") != 200:
            if self.process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(self.log.read_text()[-3000:])
            time.sleep(0.1)

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(60)

    @property
    def processes(self):
        lines = re.findall(r"^(web|worker|timed) (\d+)$", self.log.read_text(), re.MULTILINE)
        return {name: int(number) for name, number in lines}

    def get(self, path):
        return status_of(self.url + path)

    def manage(self, *command):
        environment = self.settings | {
            "DJANGO_SETTINGS_MODULE": "portal.settings.base",
            "SECRET_KEY": (self.folder / "secret-key").read_text(),
            "ALLOWED_HOSTS": "localhost",
        }
        subprocess.run(
            [PYTHON, "manage.py", *command], cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL
        )


def status_of(url, within=15):
    """Of the answer; 0 when there is none. Everybody comes from a network of their own."""
    number = next(readers) % 60_000
    request = urllib.request.Request(url, headers={"X-Forwarded-For": f"10.{number // 250}.{number % 250}.1"})
    try:
        with urllib.request.urlopen(request, timeout=within) as answer:
            answer.read()
            return answer.status
    except urllib.error.HTTPError as error:
        error.close()
        return error.code
    except OSError:
        return 0


@contextmanager
def running(folder, database, **settings):
    site = Running(folder, database, **settings)
    try:
        site.start()
        yield site
    finally:
        site.stop()
        database.stop()
