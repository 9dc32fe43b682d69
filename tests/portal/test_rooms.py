"""The house stands without a room: what a lower floor shows of an upper one, it shows by slot and registry."""

import os
import shutil
import subprocess
import sys

import pytest
from django.db import connection

from tests.plugins import ROOT

WALK = """
import os
import django
django.setup()
from django.core.management import call_command
from django.test import Client
from accounts.models import User
call_command("check")
call_command("seed", even_in_production=True, verbosity=0)
client = Client()
member = User.objects.get(email="maija.malli@ruokatupa.example")
pages = {"/": client.get("/"), "/tyopaikat/": client.get("/tyopaikat/")}
client.force_login(member)
pages |= {address: client.get(address) for address in ("/tyopoyta/", "/tyopoyta/tyot/")}
print(" ".join(f"{address}={page.status_code}" for address, page in pages.items()))
"""


@pytest.mark.parametrize("room", ["jobs.applications", "jobs.review", "guides"])
@pytest.mark.django_db
def test_the_site_works_without(room, database_copies, tmp_path):
    if connection.vendor != "sqlite":
        pytest.skip("the template database is a file")
    database = tmp_path / "db.sqlite3"
    shutil.copyfile(database_copies.template, database)
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.settings_without",
        "WITHOUT": room,
        "DATABASE_URL": f"sqlite:///{database}",
        "MEDIA_ROOT": str(tmp_path / "media"),
    }
    walked = subprocess.run(
        [sys.executable, "-W", "error", "-c", WALK],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert walked.returncode == 0, walked.stderr[-3000:]
    assert "/=200 /tyopaikat/=200 /tyopoyta/=200 /tyopoyta/tyot/=200" in walked.stdout
