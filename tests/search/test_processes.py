"""One search has one answer, whichever process gives it."""

import os
import subprocess
import sys

from tests.plugins import ROOT

# Makes a small index in a database of its own, searches, and prints everything that came.
PROGRAM = """
import json
import django
django.setup()
from django.db import connection
from search.filters import Filters, Near, Range
from search.index.descriptions import Document
from search.index.entries import entry_of
from search.models import Concept, LearntVocabulary, SearchIndex
from search.searching import search
from search.storage.configured import database_storage

with connection.schema_editor() as editor:
    for model in (Concept, LearntVocabulary, SearchIndex):
        editor.create_model(model)
works = ["hoitaja", "auttaja", "ohjaaja", "opettaja", "neuvoja", "valvoja", "hakija", "lukija"]
for at, work in enumerate(works):
    label = f"pihan {work} talossa kesällä metsässä lumityössä"
    Concept.objects.create(uri=f"u:{at}", label_fi=label, label_en=f"rowan {work}")
    Concept.objects.create(uri=f"g:{at}", broader="/isco/C9", label_fi=work, label_en=f"{work}ish")
Concept.objects.create(uri="/isco/C9", label_fi="kaikki työt", label_en="all works")
texts = [f"{work} pihalla kesällä, {other} talossa metsässä, lumityö" for work in works for other in works]
entries = [
    entry_of(
        Document(
            pk=at,
            title=text,
            facets={"field": [text[:3], text[-3:]], "part": [str(at % 2), str(at % 5)]},
            numbers={"n": at % 3},
            location=(62 + at % 7 / 10, 30),
        )
    )
    for at, text in enumerate(texts, 1)
]
database_storage().rebuild("tests.posting", [entries[:40]], "")
database_storage().write("tests.posting", entries[40:])
answers = {}
words = ("rowan", "all works", "hoitaja talo", "hoitja", "xoitaja", "valvooja pixa", "cleaner", "lukxja", "")
several = ("hoitaja hakija lukija", "talo -hoitaja", '"talossa metsässä" neuvoja', "pihalla kesällä opettja", "lumi")
filters = {
    "all": Filters(),
    "any": Filters(any_of={"field": frozenset(["hoi", "aut", "luk"]), "part": frozenset("0134")}),
    "each": Filters(all_of={"part": frozenset("13")}, ranges={"n": Range(at_most=1)}),
    "near": Filters(near=Near(62.2, 30, 30), none_of={"field": frozenset(["ohj", "nen"])}),
}
orders = (("relevance", "n"), ("relevance",), ("distance", "-n"))
for text in (*words, *several):
    for language in ("fi", "en"):
        for name, limits in filters.items():
            for order in orders[: 1 if name == "all" else 3]:
                wishes = {"language": language, "facets": ("field", "part"), "order": order, "limit": 70}
                answers[f"{text} {language} {name} {order}"] = repr(search("tests.posting", text, limits, **wishes))
print(json.dumps(answers))
"""


def test_answer_is_the_same_for_every_hash_seed(tmp_path):
    running = []
    for seed in ("1", "4"):
        address = f"sqlite:///{tmp_path / seed}.sqlite3"
        environment = {**os.environ, "PYTHONHASHSEED": seed, "DATABASE_URL": address, "SEARCH_URL": ""}
        environment["DJANGO_SETTINGS_MODULE"] = "portal.settings.test"
        command = [sys.executable, "-c", PROGRAM]
        running.append(subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True))
    first, second = [process.communicate(timeout=120)[0] for process in running]
    assert [process.returncode for process in running] == [0, 0]
    assert "pks=[" in first
    assert first == second
