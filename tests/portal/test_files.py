"""A full disk costs nobody a word: no half file, no file without a row, no row without a file."""

import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError
from django.db.models.signals import post_save
from django.urls import reverse
from wagtail.documents.models import Document
from wagtail.images.models import Image, Rendition

from organisations.models import Organisation
from portal.backends import files
from portal.backends.files import NotStored, files_with_rows
from tests.accounts.factories import UserFactory, sign_in
from tests.organisations import answers as register
from tests.organisations.pictures import picture

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def answers(db):
    return register.answers()


@pytest.fixture
def full(monkeypatch):
    """Every file is written, and the disk refuses the last of it."""

    def refuse(*arguments):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", refuse)
    return lambda: monkeypatch.setattr(files.os, "posix_fallocate", refuse)


def files_in(folder):
    return sorted(path.name for path in Path(folder).rglob("*") if path.is_file())


# The storage


def test_a_file_is_stored_whole_and_beside_another_of_its_name(media):
    names = [default_storage.save("a/b.txt", ContentFile(text)) for text in (b"first", "toinen ä")]
    assert names[0] == "a/b.txt" != names[1]
    assert [(media / name).read_text() for name in names] == ["first", "toinen ä"]
    assert (media / "a/b.txt").stat().st_mode & 0o777 == 0o644


def test_nothing_is_left_of_a_file_that_found_no_room(media, full):
    with pytest.raises(NotStored):
        default_storage.save("a/b.txt", ContentFile(b"x" * 100_000))
    assert not files_in(media)


REAL = """
import django, sys
from django.conf import settings
settings.configure(MEDIA_ROOT=sys.argv[1], USE_TZ=True)
from django.core.files.base import ContentFile
from portal.backends.files import NotStored, WholeFileStorage
storage = WholeFileStorage()
assert storage.has_room_for(1000) and not storage.has_room_for(10**6)
storage.save("small.txt", ContentFile(b"x" * 1000))
try:
    storage.save("large.txt", ContentFile(b"x" * 10**6))
except NotStored as error:
    print(error.errno, *storage.listdir("")[1])
"""


def in_a_process(*before, folder):
    command = [*before, sys.executable, "-c", REAL, str(folder)]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=os.getcwd())


def test_a_disk_that_is_really_full(tmp_path):
    mounted = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c"]
    mounted.append(f'mount -t tmpfs -o size=64k tmpfs "{tmp_path}" && exec "$@"')
    if not shutil.which("unshare") or subprocess.run([*mounted, "-", "true"], check=False).returncode:
        pytest.skip("this machine lets nobody mount a disk of their own")
    answer = in_a_process(*mounted, "-", folder=tmp_path)
    assert answer.stdout.split() == [str(errno.ENOSPC), "small.txt"], answer.stderr


def test_a_limit_on_files_is_the_same(tmp_path):
    answer = in_a_process("sh", "-c", 'ulimit -f 64; exec "$@"', "-", folder=tmp_path)
    assert answer.stdout.split() == [str(errno.EFBIG), "small.txt"], answer.stderr


# Files and rows


def test_a_file_goes_with_the_rows_that_were_undone(media):
    with pytest.raises(DatabaseError), files_with_rows():
        with files_with_rows():
            default_storage.save("inner.txt", ContentFile(b"x"))
        default_storage.save("outer.txt", ContentFile(b"x"))
        raise DatabaseError
    assert not files_in(media)


def test_a_deleted_file_comes_back_with_its_row(media):
    default_storage.save("kept.txt", ContentFile(b"x"))
    with pytest.raises(DatabaseError), files_with_rows():
        default_storage.delete("kept.txt")
        raise DatabaseError
    assert files_in(media) == ["kept.txt"]
    with files_with_rows():
        default_storage.delete("kept.txt")
    assert not files_in(media)


# The logo


@pytest.fixture
def administrator(client):
    user = UserFactory()
    sign_in(client, user)
    return user


def test_an_organisation_keeps_every_word_without_its_logo(client, administrator, media, full, answers):
    page = client.post(reverse("organisations:organisation_register"), {**answers, "logo_file": picture()})
    assert page.status_code == 200
    assert "Kuvaa ei voitu tallentaa juuri nyt" in page.text
    assert answers["name"] in page.text
    assert not page.context["form"].kept_logo_text
    assert not (Organisation.objects.exists() or Image.objects.exists() or files_in(media))
    client.post(reverse("organisations:organisation_register"), answers)
    assert Organisation.objects.get().name == answers["name"]


def test_a_logo_that_found_no_room_leaves_the_old_one(client, administrator, media, answers, request):
    client.post(reverse("organisations:organisation_register"), {**answers, "logo_file": picture()})
    organisation = Organisation.objects.get()
    address = reverse("organisations:organisation_edit", args=[organisation.pk])
    seen = register.seen_on(client, address)
    before = files_in(media)
    request.getfixturevalue("full")
    sent = {**answers, "name": "Uusi nimi ry", "seen": seen, "logo_file": picture(size=(200, 200))}
    page = client.post(address, sent)
    assert "Kuvaa ei voitu tallentaa juuri nyt" in page.text
    assert "Uusi nimi ry" in page.text
    kept = Organisation.objects.get()
    assert (kept.name, kept.logo) == (organisation.name, organisation.logo)
    assert [name for name in before if name.startswith("logo")] == [n for n in files_in(media) if n.startswith("logo")]


def test_no_logo_stays_when_the_organisation_is_not_saved(client, administrator, media, answers, monkeypatch):
    def fail(*arguments):
        raise DatabaseError

    monkeypatch.setattr("organisations.emails.send_organisation_registered", fail)
    client.raise_request_exception = False
    client.post(reverse("organisations:organisation_register"), {**answers, "logo_file": picture()})
    assert not (Organisation.objects.exists() or Image.objects.exists() or files_in(media))


# The admin


@pytest.fixture
def staff(client):
    return sign_in(client, UserFactory(superuser=True, language="fi"))


def test_the_admin_says_of_each_picture_that_there_is_no_room(staff, media, full):
    full()
    answer = staff.post(
        reverse("wagtailimages:add_multiple"),
        {"title": "Talkoot", "files[]": picture(), "collection": "1"},
        headers={"X-Requested-With": "XMLHttpRequest"},
    )
    assert answer.status_code == 200
    assert answer.json()["success"] is False
    assert "Tiedostoa ei voitu tallentaa juuri nyt" in answer.json()["error_message"]
    assert not (Image.objects.exists() or files_in(media))


def test_the_form_of_a_document_comes_back_with_its_words(staff, media, full):
    full()
    sent = {"title": "Talkoo-opas", "file": SimpleUploadedFile("opas.pdf", b"%PDF-1.4 x"), "collection": "1"}
    page = staff.post(reverse("wagtaildocs:add"), sent)
    assert page.status_code == 200
    assert "Tiedostoa ei voitu tallentaa juuri nyt" in page.text
    assert "Talkoo-opas" in page.text
    assert not (Document.objects.exists() or files_in(media))


def test_room_that_is_gone_a_moment_later_loses_nothing_either(staff, media, request):
    """The form found room, the file did not: the document keeps its old file, and the words are shown."""
    document = Document.objects.create(title="Opas", file=ContentFile(b"%PDF-1.4 old", name="opas.pdf"))
    request.getfixturevalue("full")
    sent = {"title": "Uusi opas", "file": SimpleUploadedFile("uusi.pdf", b"%PDF-1.4 new"), "collection": "1"}
    page = staff.post(reverse("wagtaildocs:edit", args=[document.pk]), sent)
    assert page.status_code == 507
    assert "Tiedostoa ei voitu tallentaa juuri nyt" in page.text
    assert 'value="Uusi opas"' in page.text
    document.refresh_from_db()
    assert document.title == "Opas"
    assert files_in(media) == ["opas.pdf"]


def test_no_picture_stays_when_its_row_is_refused(staff, media, request):
    def fail(*arguments, **more):
        raise DatabaseError

    post_save.connect(fail, sender=Image)
    request.addfinalizer(lambda: post_save.disconnect(fail, sender=Image))
    staff.raise_request_exception = False
    staff.post(
        reverse("wagtailimages:add_multiple"),
        {"title": "Talkoot", "files[]": picture(), "collection": "1"},
        headers={"X-Requested-With": "XMLHttpRequest"},
    )
    assert not (Image.objects.exists() or files_in(media))


def test_pages_are_shown_though_no_new_size_of_a_picture_finds_room(client, administrator, answers, request):
    client.post(reverse("organisations:organisation_register"), {**answers, "logo_file": picture()})
    request.getfixturevalue("full")
    organisation = Organisation.objects.get()
    page = client.get(reverse("organisations:organisation_edit", args=[organisation.pk]))
    assert page.status_code == 200
    assert not Rendition.objects.exists()
