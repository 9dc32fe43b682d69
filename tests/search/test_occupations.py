"""ESCO's occupations: how they are packed, read, left alone where they are the same, and read when a site is set up."""

import json
import lzma
import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.site.set_up import set_up_everything
from search.actions import ESCO
from search.caches import ProcessCache
from search.models import Concept
from search.query.names import names
from tests.plugins import ROOT

pytestmark = pytest.mark.django_db
SWEEP = {"fi": "nuohooja", "sv": "sotare", "en": "chimney sweep"}


def row(uri="u:1", label=SWEEP, **fields):
    return {"uri": uri, "notation": "7133", "prefLabel": label, "broader": [], **fields}


@pytest.fixture
def write(tmp_path):
    def write(rows, name="names.json"):
        text = json.dumps(rows).encode()
        path = tmp_path / name
        path.write_bytes(lzma.compress(text) if name.endswith(".xz") else text)
        return str(path)

    return write


@pytest.mark.parametrize("name", ["names.json", "names.json.xz"])
def test_names_are_loaded_and_replaced(write, capsys, name):
    call_command("load_esco", write([row(), row("u:2")], name))
    call_command("load_esco", write([row("u:3")], name))
    assert Concept.objects.get().label_sv == "sotare"
    assert capsys.readouterr().out.splitlines() == [f"{count} occupations and groups read." for count in (2, 1)]


def test_the_same_names_are_left_alone(write, capsys):
    path = write([row(), row("u:2")])
    call_command("load_esco", path)
    with CaptureQueriesContext(connection) as queries:
        call_command("load_esco", path)
    assert not [query["sql"] for query in queries if query["sql"].startswith(("INSERT", "DELETE", "UPDATE"))]
    assert capsys.readouterr().out.endswith("2 occupations and groups were there already; nothing was written.\n")


@pytest.mark.parametrize("changed", [row(notation="7134"), row(broader=["u:9"]), row(label={**SWEEP, "sv": "sotaren"})])
def test_another_content_of_as_many_names_is_written(write, changed):
    call_command("load_esco", write([row()]))
    before = Concept.objects.get()
    call_command("load_esco", write([changed]))
    after = Concept.objects.get()
    assert (after.notation, after.broader, after.label_sv) != (before.notation, before.broader, before.label_sv)


def test_another_process_sees_that_other_names_are_there(monkeypatch):
    monkeypatch.setattr("search.query.names._seen", ProcessCache(seconds=0))
    for label in ("tuohimestari", "pärekattoseppä"):
        Concept.objects.all().delete()
        Concept.objects.create(uri="u:1", label_fi=label)
        assert names().all_in("fi")[-1] == label


def test_spaces_too_many_are_left_out(write):
    call_command("load_esco", write([row(label={**SWEEP, "en": " chimney  sweep "})]))
    assert Concept.objects.get().label_en == "chimney sweep"


@pytest.mark.parametrize("text", [b"no json", b"{}", b'[{"uri": "u:1"}]', b"\xff"])
def test_file_of_something_else_is_refused(tmp_path, text):
    path = tmp_path / "names.json"
    path.write_bytes(text)
    with pytest.raises(CommandError):
        call_command("load_esco", str(path))


@pytest.mark.parametrize("text", [b"no archive", lzma.compress(b"[]")[:-9], lzma.compress(b"{}")])
def test_archive_of_something_else_is_refused(tmp_path, text):
    path = tmp_path / "names.json.xz"
    path.write_bytes(text)
    with pytest.raises(CommandError):
        call_command("load_esco", str(path))


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(CommandError):
        call_command("load_esco", str(tmp_path / "nothing.json.xz"))


def test_without_a_file_the_packed_one_is_read(capsys):
    call_command("load_esco")
    assert capsys.readouterr().out == "3626 occupations and groups read.\n"
    assert Concept.objects.get(label_fi="laitossiivooja").label_en
    assert Concept.objects.filter(uri__contains="/isco/").count() == 619
    groups = Concept.objects.values("uri")
    assert not Concept.objects.exclude(broader="").exclude(broader__in=groups).exists()


def test_setting_up_reads_them_once_and_leaves_what_staff_have_read(settings, write):
    settings.LOAD_ESCO = True
    set_up_everything()
    assert Concept.objects.count() == 3626
    call_command("load_esco", write([row()]))
    set_up_everything()
    assert Concept.objects.get().label_sv == "sotare"


def test_tests_set_a_site_up_without_them():
    set_up_everything()
    assert not Concept.objects.exists()


def test_packing_gives_the_same_bytes_and_only_what_is_read(tmp_path):
    rows = [row("u:2", description="…", broader=["u:1", "u:1"]), row("u:1", {**SWEEP, "de": "Schornsteinfeger"})]
    packs = []
    for order in (1, -1):
        source, target = tmp_path / "source.json", tmp_path / "packed.json.xz"
        source.write_text(json.dumps(rows[::order]))
        subprocess.run([sys.executable, ROOT / "bin/pack_esco", source, target], check=True, capture_output=True)
        packs.append(target.read_bytes())
    assert packs[0] == packs[1]
    assert json.loads(lzma.decompress(packs[0])) == [row("u:1"), row("u:2", broader=["u:1"])]


def test_the_packed_file_is_small_and_its_notice_lies_beside_it():
    assert ESCO.stat().st_size < 500_000
    assert "European Commission" in ESCO.with_name("README.md").read_text()
