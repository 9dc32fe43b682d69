"""A site of one's own for each file of stories: production settings, a fresh copy of the demonstration content."""

import hashlib
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import time
import urllib.error
import urllib.request
from contextlib import closing
from email import message_from_bytes, policy
from pathlib import Path

from portal.settings.apps import OUR_APPS
from tests.plugins import ROOT, folder_of
from tests.plugins.database import fingerprint as fingerprint_of_tables

CACHE = ROOT / ".cache"
PYTHON = ROOT / ".venv/bin/python"
SECRET_KEY = "for-the-stories-on-this-machine-alone-0123456789"
CODE = re.compile(r"(?<![\d-])\d{6}(?![\d-])")


def environment(port, database, media, mails=None):
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "OPENBLAS_CORETYPE") if name in os.environ}
    return {
        **kept,
        "DJANGO_SETTINGS_MODULE": "portal.settings.base",
        "SECRET_KEY": SECRET_KEY,
        "ALLOWED_HOSTS": "localhost,127.0.0.1",
        "PUBLIC_URL": f"http://localhost:{port}",
        "DATABASE_URL": f"sqlite:///{database}",
        "MEDIA_ROOT": str(media),
        "STATIC_ROOT": str(CACHE / "static-root"),
        "TASKS": "django_tasks.backends.immediate.ImmediateBackend",
        "EMAIL_URL": f"filemail:///{mails}" if mails else "dummymail://",
        "WEB_CONCURRENCY": "1",
        "READING_LIMIT": "0",
    }


def fingerprint():
    """The demonstration content may come from any of our files."""
    digest = hashlib.sha256((ROOT / "requirements/base.txt").read_bytes())
    for app in OUR_APPS:
        for path in sorted(folder_of(app).rglob("*")):
            if path.is_file() and path.suffix in {".py", ".json", ".csv", ".xz", ".toml", ".yaml", ".jpg", ".png"}:
                digest.update(path.read_bytes())
    for path in sorted((ROOT / "locale").rglob("*.po")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def seeded_content():
    """The folder with the seeded database and its media, made once for each state of the code."""
    folder = CACHE / f"seeded-{fingerprint()}"
    if not folder.exists():
        for outdated in CACHE.glob("seeded-*"):
            shutil.rmtree(outdated)
        unfinished = CACHE / "unfinished-seed"
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(parents=True)
        template = CACHE / f"template-{fingerprint_of_tables()}.sqlite3"
        if template.exists():
            shutil.copyfile(template, unfinished / "db.sqlite3")
        settings = environment(8000, unfinished / "db.sqlite3", unfinished / "media")
        for command in (["migrate", "--verbosity=0"], ["seed"]):
            subprocess.run(
                [PYTHON, "manage.py", *command], cwd=ROOT, env=settings, check=True, stdout=subprocess.DEVNULL
            )
        (unfinished / "media").mkdir(exist_ok=True)
        with closing(sqlite3.connect(unfinished / "db.sqlite3")) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        unfinished.rename(folder)
    return folder


def free_port():
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


class Site:
    """A running site and what a story may know of its inside: the mails, and rows for what a page cannot show."""

    def __init__(self, folder, port=None, **settings):
        self.folder, self.port, self.settings = Path(folder), port or free_port(), settings
        self.url = f"http://localhost:{self.port}"
        self.database, self.log = self.folder / "db.sqlite3", self.folder / "server.log"
        self.letters = self.folder / "mails"
        self.process = None

    def start(self):
        content = seeded_content()
        shutil.copyfile(content / "db.sqlite3", self.database)
        shutil.copytree(content / "media", self.folder / "media", dirs_exist_ok=True)
        self.execute("UPDATE wagtailcore_site SET hostname = 'localhost', port = ?", self.port)
        with self.log.open("w") as log:
            settings = environment(self.port, self.database, self.folder / "media", self.letters) | self.settings
            command = ["bin/serve", str(self.port)]
            self.process = subprocess.Popen(command, cwd=ROOT, env=settings, stdout=log, stderr=subprocess.STDOUT)
        self.wait()
        return self

    def wait(self, seconds=40):
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise RuntimeError(f"the server ended:\n{self.log.read_text()}")
            try:
                with urllib.request.urlopen(f"{self.url}/healthz", timeout=5):
                    return
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                time.sleep(0.1)
        raise RuntimeError(f"the server did not answer in {seconds} s:\n{self.log.read_text()}")

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=30)

    def execute(self, statement, *parameters):
        with closing(sqlite3.connect(self.database, timeout=10)) as connection, connection:
            connection.row_factory = sqlite3.Row
            return connection.execute(statement, parameters).fetchall()

    def mails(self, recipient=None):
        """The mails that went out, oldest first, as the mail server got them."""
        files = sorted(self.letters.glob("*.log"), key=lambda file: file.stat().st_mtime_ns)
        letters = [message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]
        rows = [{"recipient": letter["To"], "text": letter.get_body(["plain"]).get_content()} for letter in letters]
        return [row for row in rows if recipient in {None, row["recipient"]}]

    def code_for(self, recipient):
        """The newest one-time code that was mailed to somebody."""
        return CODE.findall(self.mails(recipient)[-1]["text"])[-1]

    def link_for(self, recipient):
        """The newest link that was mailed to somebody."""
        return re.findall(r"https?://\S+", self.mails(recipient)[-1]["text"])[0].rstrip(".>)")

    def errors(self):
        text = self.log.read_text()
        return text[text.index("Traceback") :] if "Traceback" in text else ""
