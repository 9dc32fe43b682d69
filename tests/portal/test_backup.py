"""A site comes back whole from one file, without those who were erased; what is not right changes nothing."""

import io
import json
import os
import signal
import stat
import subprocess
import sys
import tarfile
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.utils import timezone
from wagtail.users.models import UserProfile

from accounts.models import User
from portal.backup import archive, databases, restore
from portal.mail import outbox
from portal.models import Erasure, MailSecrets, OutgoingMail, TimedWork
from search.models import SearchIndex
from tests.accounts.factories import UserFactory, sign_in
from tests.plugins.database import one_process_at_a_time

# A restore replaces the database of this test run, which is renewed after each of these tests.
pytestmark = pytest.mark.django_db(transaction=True)
# What is refused has touched nothing.
untouched = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture(autouse=True)
def one_restore_at_a_time():
    """On the tests' small PostgreSQL the locks of several would not fit."""
    if connection.vendor == "sqlite":
        yield
        return
    with one_process_at_a_time("restore"):
        yield


@pytest.fixture
def file(tmp_path):
    folder = tmp_path / "backups"
    folder.mkdir()
    return folder / "site.tar.gz"


@pytest.fixture
def backup(file):
    default_storage.save("images/tori.jpg", ContentFile(b"a picture"))
    UserFactory(email="aino@example.org")
    UserFactory(email="eino@example.org")
    call_command("backup", file)
    return file


def emails():
    return set(User.objects.values_list("email", flat=True))


def repacked(file, change):
    """The archive again, its members as (name, bytes) pairs changed by `change`."""
    with tarfile.open(file) as old:
        members = [(member.name, old.extractfile(member).read()) for member in old]
    with tarfile.open(file, "w:gz") as new:
        for name, content in change(members):
            header = name if isinstance(name, tarfile.TarInfo) else tarfile.TarInfo(name)
            header.size = len(content)
            new.addfile(header, io.BytesIO(content))


def with_manifest(**fields):
    def change(members):
        manifest = {**json.loads(members[0][1]), **fields}
        return [(archive.MANIFEST, json.dumps(manifest).encode()), *members[1:]]

    return change


def refusal(file, *arguments):
    """What is said, and nothing has changed by it."""
    UserFactory(email="later@example.org")
    with pytest.raises(CommandError) as caught:
        call_command("restore", file, *arguments or ("--yes",))
    assert "later@example.org" in emails()
    assert str(caught.value).startswith("Nothing was changed.")
    assert [path.name for path in file.parent.iterdir() if path != file] == []
    return str(caught.value)


def test_nothing_in_a_backup_opens_anything(file, tmp_path, settings):
    """Neither who is signed in nor the links of mail that waits, not even in what the database has deleted."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    secret, session = "aB3-" * 8, sign_in(Client(), UserFactory()).session.session_key
    outbox.post_text("aino@example.org", "Kutsu", f"http://testserver/kutsut/{secret}/")
    gone = outbox.post_text("eino@example.org", "Koodi", "654321\n\nKoodisi.")
    MailSecrets.objects.filter(pk=gone.message_id).delete()
    call_command("backup", file)
    with tarfile.open(file) as opened:
        database = opened.extractfile(archive.DATABASE).read()
    if connection.vendor == "postgresql":
        (tmp_path / "dump").write_bytes(database)
        database = subprocess.run(["pg_restore", "--file=-", tmp_path / "dump"], capture_output=True, check=True).stdout
    assert b"aino@example.org" in database
    for value in (secret, session, "654321"):
        assert value.encode() not in database


def test_site_comes_back_whole(backup, capsys):
    UserFactory(email="later@example.org")
    default_storage.delete("images/tori.jpg")
    default_storage.save("images/later.jpg", ContentFile(b"another picture"))
    call_command("restore", backup, "--yes")
    assert emails() == {"aino@example.org", "eino@example.org"}
    with default_storage.open("images/tori.jpg") as picture:
        assert picture.read() == b"a picture"
    assert not default_storage.exists("images/later.jpg")
    assert "Files: 1" in capsys.readouterr().out
    assert [path.name for path in backup.parent.iterdir()] == [backup.name]


def test_erased_person_stays_erased(backup, capsys):
    outbox.post_text("aino@example.org", "Otsikko", "Teksti")
    call_command("gdpr_erase", "aino@example.org")
    call_command("restore", backup, "--yes")
    assert emails() == {"eino@example.org"}
    assert "Erased again: 1" in capsys.readouterr().out
    call_command("restore", backup, "--yes")
    assert emails() == {"eino@example.org"}


def test_person_who_changed_the_address_before_stays_erased(backup):
    User.objects.filter(email="aino@example.org").update(email="new@example.org")
    call_command("gdpr_erase", "new@example.org")
    call_command("restore", backup, "--yes")
    assert emails() == {"eino@example.org"}


def test_person_who_came_back_after_the_erasure_is_kept(file):
    UserFactory(email="aino@example.org")
    call_command("gdpr_erase", "aino@example.org")
    UserFactory(email="aino@example.org")
    call_command("backup", file)
    call_command("restore", file, "--yes")
    assert emails() == {"aino@example.org"}


def test_account_deleted_in_the_admin_counts_as_erased(backup):
    User.objects.get(email="aino@example.org").delete()
    call_command("restore", backup, "--yes")
    assert emails() == {"eino@example.org"}


def test_picture_of_an_erased_person_goes_again(file):
    person = UserFactory(email="aino@example.org")
    profile = UserProfile.get_for_user(person)
    profile.avatar.save("me.png", ContentFile(b"a face"))
    call_command("backup", file)
    call_command("gdpr_erase", "aino@example.org")
    assert not default_storage.exists(profile.avatar.name)
    call_command("restore", file, "--yes")
    assert not default_storage.exists(profile.avatar.name)


def test_restore_that_broke_off_is_run_again(backup, monkeypatch):
    call_command("gdpr_erase", "aino@example.org")
    with monkeypatch.context() as patch:
        patch.setattr(restore, "replace_files", lambda files: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            call_command("restore", backup, "--yes")
    assert "aino@example.org" in emails()
    call_command("restore", backup, "--yes")
    assert emails() == {"eino@example.org"}
    assert [path.name for path in backup.parent.iterdir()] == [backup.name]


def test_mail_that_was_sent_since_is_not_sent_again(file):
    sent, waiting = (outbox.post_text("a@example.org", name, "Teksti") for name in ("sent", "waiting"))
    OutgoingMail.objects.update(state="WAITING")
    call_command("backup", file)
    OutgoingMail.objects.filter(pk=sent.pk).update(state="SENT")
    call_command("restore", file, "--yes")
    assert dict(OutgoingMail.objects.values_list("pk", "state")) == {sent.pk: "SENT", waiting.pk: "WAITING"}


def test_sessions_end_and_old_rows_go_and_work_is_due_and_the_index_is_new(file):
    Session.objects.create(session_key="k", session_data="", expire_date=timezone.now() + timedelta(days=1))
    TimedWork.objects.create(name="purge-expired-data", done_at=timezone.now())
    person = UserFactory()
    User.objects.filter(pk=person.pk).update(date_joined=timezone.now() - timedelta(days=800))
    call_command("reindex", verbosity=0)
    before = SearchIndex.objects.order_by("pk").values_list("generation", flat=True).first()
    call_command("backup", file)
    call_command("restore", file, "--yes")
    assert not Session.objects.exists()
    assert not User.objects.exists()
    assert not TimedWork.objects.exclude(done_at=None).exists()
    assert all(index.generation > before for index in SearchIndex.objects.all())


def test_backup_of_an_older_version_is_migrated(file):
    # Any app's last migration will do; ours are written anew until the first release.
    call_command("migrate", "wagtailredirects", "0006", verbosity=0)
    UserFactory(email="aino@example.org")
    call_command("backup", file)
    call_command("migrate", verbosity=0)
    call_command("gdpr_erase", "aino@example.org")
    call_command("restore", file, "--yes")
    call_command("migrate", check_unapplied=True, verbosity=0)
    assert not emails()
    assert Erasure.objects.count() == 1


@untouched
def test_backup_is_for_its_owner_alone(backup):
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    assert [path.name for path in backup.parent.iterdir()] == [backup.name]


@untouched
def test_failed_backup_leaves_the_older_one(backup, monkeypatch):
    before = backup.read_bytes()

    def refuse(name):
        raise PermissionError("not yours")

    monkeypatch.setattr(default_storage, "open", refuse)
    with pytest.raises(CommandError, match=r"No backup was written.+not yours"):
        call_command("backup", backup)
    assert backup.read_bytes() == before
    assert [path.name for path in backup.parent.iterdir()] == [backup.name]


@untouched
def test_backup_that_is_ended_leaves_nothing(backup, monkeypatch):
    before = backup.read_bytes()
    monkeypatch.setattr(archive, "add_media", lambda *arguments: os.kill(os.getpid(), signal.SIGTERM))
    with pytest.raises(SystemExit) as caught:
        call_command("backup", backup)
    assert caught.value.code == 128 + signal.SIGTERM
    assert backup.read_bytes() == before
    assert [path.name for path in backup.parent.iterdir()] == [backup.name]


@untouched
def test_file_that_could_not_be_restored_stops_the_backup(file, media):
    media.mkdir()
    (media / "a\\b").write_text("x")
    with pytest.raises(CommandError, match="could not be restored"):
        call_command("backup", file)
    assert not list(file.parent.iterdir())


@untouched
def test_backup_into_a_missing_folder_is_refused(tmp_path):
    with pytest.raises(CommandError, match="No backup was written"):
        call_command("backup", tmp_path / "nowhere" / "site.tar.gz")


@untouched
def test_setting_of_newer_programs_is_left_out(tmp_path):
    script = tmp_path / "full.sql"
    script.write_text("SET lock_timeout = 0;\nSET transaction_timeout = 0;\nSET row_security = off;\n")
    databases._leave_out_newer_setting(script)
    assert [line.strip() for line in script.read_text().splitlines()] == [
        "SET lock_timeout = 0;",
        "",
        "SET row_security = off;",
    ]


@untouched
def test_erasures_are_forgotten_when_no_backup_is_that_old(file):
    now = timezone.now()
    for number, days in enumerate((1000, 1100)):
        Erasure.objects.remember(number, now, now - timedelta(days=days))
    call_command("purge_expired_data", stdout=io.StringIO())
    assert [row.account for row in Erasure.objects.all()] == [0]


@untouched
def test_missing_program_is_named(monkeypatch):
    monkeypatch.setattr(databases.shutil, "which", lambda name: None)
    with pytest.raises(databases.BackupFailed, match="postgresql-client"):
        databases._run("pg_dump")


@untouched
@pytest.mark.parametrize("kind", ["text", "cut", "flipped", "missing"])
def test_damaged_file_is_refused(backup, kind):
    content = backup.read_bytes()
    middle = len(content) // 2
    damaged = {
        "text": b"something else",
        "cut": content[:-20],
        "flipped": content[:middle] + bytes([content[middle] ^ 0xFF]) + content[middle + 1 :],
    }
    backup.write_bytes(damaged[kind]) if kind in damaged else backup.unlink()
    refusal(backup)


@untouched
@pytest.mark.parametrize(
    ("change", "words"),
    [
        (with_manifest(vendor="oracle"), "of oracle"),
        (with_manifest(migrations=["portal.0999_later"]), "portal.0999_later"),
        (with_manifest(format=2), "another format, 2"),
        (with_manifest(made_by="somebody"), "by somebody"),
        (with_manifest(created_at="2020-01-01T00:00:00+00:00"), "so old"),
        (with_manifest(created_at="yesterday"), "manifest cannot be read"),
        (lambda members: [(members[0][0], b"[]"), *members[1:]], "manifest cannot be read"),
        (lambda members: members[1:], "something else"),
        (lambda members: [*members, ("media/../../evil", b"x")], "something else"),
        (lambda members: [*members, ("media//etc/evil", b"x")], "something else"),
        (lambda members: [*members, ("/evil", b"x")], "something else"),
        (lambda members: [*members, ("media/..\\evil", b"x")], "something else"),
        (lambda members: [members[0], (members[1][0], b"no database"), *members[2:]], "database"),
    ],
)
def test_foreign_file_is_refused(backup, change, words):
    repacked(backup, change)
    assert words in refusal(backup)


@untouched
def test_link_in_the_archive_is_refused(backup):
    link = tarfile.TarInfo("media/link")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
    repacked(backup, lambda members: [*members, (link, b"")])
    assert "something else" in refusal(backup)


def test_restore_asks_first(backup, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    assert "--yes" in refusal(backup, "--verbosity=1")
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda question: "no")
    with pytest.raises(CommandError, match="did not write yes"):
        call_command("restore", backup)
    monkeypatch.setattr("builtins.input", lambda question: "yes")
    call_command("restore", backup)
    assert emails() == {"aino@example.org", "eino@example.org"}


@pytest.fixture
def writer():
    """Another process in the midst of a change."""
    if connection.vendor != "sqlite":
        pytest.skip("about SQLite's locks; PostgreSQL's programs have their own")
    code = (
        "import sqlite3, sys, time; c = sqlite3.connect(sys.argv[1], isolation_level=None); "
        "c.execute('BEGIN IMMEDIATE'); c.execute('DELETE FROM django_session'); print('in', flush=True); time.sleep(60)"
    )

    @contextmanager
    def at_work():
        command = [sys.executable, "-c", code, connection.settings_dict["NAME"]]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
            process.stdout.readline()
            try:
                yield
            finally:
                process.kill()

    return at_work


def test_backup_is_taken_while_somebody_writes(file, writer):
    with writer():
        call_command("backup", file)
    assert archive.Archive(file).manifest.vendor == "sqlite"


def test_database_that_stays_locked_is_left_as_it_is(backup, writer, monkeypatch):
    monkeypatch.setattr(databases, "SECONDS_FOR_LOCKS", 0.1)
    with writer(), pytest.raises(CommandError, match="Somebody else holds the database"):
        call_command("restore", backup, "--yes")
    assert emails() == {"aino@example.org", "eino@example.org"}
    assert [path.name for path in backup.parent.iterdir()] == [backup.name]
