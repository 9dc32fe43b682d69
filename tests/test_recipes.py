"""The recipe that is a patch fits the code as it is, touches few files, and its answer works from wizard to list."""

import os
import shutil
import subprocess
import sys

import pytest

from portal.settings.apps import OUR_APPS
from tests.plugins import ROOT
from tests.plugins.database import SQLiteCopies

PATCH = ROOT / "docs/recipes/field_with_filter.patch"
MOST_FILES = 10  # besides catalogues and tests
FOLDERS = {
    *(name.partition(".")[0] for name in OUR_APPS),
    "templates",
    "locale",
    "tests",
    "requirements",
    "bin",
    "docs",
}
FILES = ("manage.py", "pyproject.toml")
# What watches over an answer of a posting and over a filter, and the recipe's own test.
WATCHING = [
    "tests/jobs/test_with_whom.py",
    "tests/jobs/postings/test_fields.py",
    "tests/test_catalogues.py",
    "tests/test_retention.py",
]
# The copy's template database is ours and the patch's migration; see tests/plugins/database.py.
PREPARE = """
import django
django.setup()
from django.core.management import call_command
from django.db import connection
from tests.plugins import OUR_LABELS, ROOT
from tests.plugins.database import CACHE, SQLiteCopies
call_command("makemigrations", *OUR_LABELS, check=True, dry_run=True)
call_command("migrate", verbosity=0)
connection.close()
CACHE.mkdir()
(ROOT / "db.sqlite3").rename(SQLiteCopies("").template)
"""


def run(*command, folder):
    """A command in the folder, on the embedded defaults, and blind to a repository around it."""
    services = {"DATABASE_URL", "SEARCH_URL", "CACHE_URL", "EMAIL_URL"}
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PYTEST_"))}
    environment = {name: value for name, value in kept.items() if name not in services}
    environment |= {"GIT_CEILING_DIRECTORIES": str(folder.parent), "DJANGO_SETTINGS_MODULE": "portal.settings.test"}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def copied_to(folder):
    for name in FOLDERS:
        shutil.copytree(ROOT / name, folder / name)
    for name in FILES:
        shutil.copy2(ROOT / name, folder / name)
    template = SQLiteCopies(folder).template
    if template.exists():
        shutil.copyfile(template, folder / "db.sqlite3")
    return folder


def test_an_answer_with_a_filter_touches_few_files(tmp_path):
    counted = run("git", "apply", "--numstat", str(PATCH), folder=tmp_path)
    touched = [line.split("\t")[2] for line in counted.stdout.splitlines()]
    assert any(path.startswith("tests/") for path in touched)
    assert 1 <= len([path for path in touched if not path.startswith(("locale/", "tests/"))]) <= MOST_FILES, touched


@pytest.mark.django_db
def test_the_patch_fits_and_its_answer_works(tmp_path):
    copy = copied_to(tmp_path / "copy")
    applied = run("git", "apply", "-C1", str(PATCH), folder=copy)
    assert applied.returncode == 0, (
        f"{PATCH.relative_to(ROOT)} no longer fits the code. Put it on with `bin/recipe open`, mend the marks that it "
        f"leaves, and write it anew with `bin/recipe keep`: see docs/recipes.md.\n{applied.stderr}"
    )
    for command in (
        ["-m", "ruff", "check", "-q", "."],
        ["bin/compile_catalogues.py"],
        ["-W", "error", "-c", PREPARE],
        ["-m", "pytest", "-q", *WATCHING],
    ):
        finished = run(sys.executable, *command, folder=copy)
        said = f"{finished.stdout[-5000:]}{finished.stderr[-3000:]}"
        assert finished.returncode == 0, f"With the patch, python {' '.join(command)[:80]} fails:\n{said}"
