"""An app above all others adds to every floor below by registering, and no file below names it.

It lies in a folder of another package, as rooms of `jobs` do: the lists of the suite and of the set-up find it too.
"""

import json
import os
import shutil
import subprocess
import sys

import pytest
from django.db import connection

from tests.plugins import ROOT

WALK = """
import json
import django
django.setup()
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client
from accounts.models import User
from portal.figures import FIGURES
from portal.privacy import retention
from portal.schedule import timed_work
from tests.plugins import OUR_LABELS, folder_of, migration_files
from tests.top_floor.greetings.models import Greeting

call_command("migrate", verbosity=0)
call_command("seed", even_in_production=True, verbosity=0)
person = User.objects.get(email="maija.malli@ruokatupa.example")
needs_second_factor = person.needs_second_factor
User.objects.filter(pk=person.pk).update(email="malli@ruokatupa.example")
client = Client()
front = client.get("/").text
client.force_login(User.objects.get(pk=person.pk))
desk = client.get("/tyopoyta/").text
print(json.dumps({
    "greetings": list(Greeting.objects.order_by("pk").values_list("words", flat=True)),
    "right": list(Group.objects.filter(permissions__codename="change_greeting").values_list("name", flat=True)),
    "needs second factor": needs_second_factor,
    "slot": "Hei, lukija" in front,
    "tab": "Tervehdykset" in desk,
    "today": "Tervehdi naapuria" in desk,
    "by machine": Client().get("/api/v1/greetings").json(),
    "in the report": FIGURES.get("greetings").count(None),
    "over their date": retention.purge(dry_run=True)["greetings: greeting"],
    "timed": "greetings: count" in {name for name, _result, _error in timed_work.run_due()},
    "left by the daily purge": Greeting.objects.count(),
    "listed": "greetings" in OUR_LABELS,
    "migration": (folder_of("tests.top_floor.greetings") / "migrations/0001_initial.py") in migration_files(),
}))
"""


@pytest.mark.django_db
def test_an_app_on_top_registers_everything_and_changes_no_file_below(database_copies, tmp_path):
    if connection.vendor != "sqlite":
        pytest.skip("the template database is a file")
    database = tmp_path / "db.sqlite3"
    shutil.copyfile(database_copies.template, database)
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.settings_with",
        "DATABASE_URL": f"sqlite:///{database}",
        "MEDIA_ROOT": str(tmp_path / "media"),
    }
    command = [sys.executable, "-W", "error", "-c", WALK]
    walked = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert walked.returncode == 0, walked.stderr[-3000:]
    assert json.loads(walked.stdout.splitlines()[-1]) == {
        "greetings": ["Tervetuloa", "Esimerkki"],
        "right": ["Toimittajat", "Moderaattorit"],
        "needs second factor": True,
        "slot": True,
        "tab": True,
        "today": True,
        "by machine": ["Tervetuloa", "Esimerkki"],
        "in the report": 2,
        "over their date": 2,
        "timed": True,
        "left by the daily purge": 0,
        "listed": True,
        "migration": True,
    }
