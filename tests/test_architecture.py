"""The rules of the house that a reader would otherwise have to police: see docs/architecture.md."""

import ast
import io
import os
import re
import runpy
import subprocess
import sys
import tomllib
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.utils import translation
from mypy.config_parser import parse_config_file
from mypy.options import Options

from portal.settings.apps import OUR_APPS
from tests.plugins import OUR_LABELS, ROOT, app_of

WITHOUT_HTTP = {"models", "actions", "tasks", "emails", "permissions", "enums"}
FORBIDDEN_NAMES = {"utils", "helpers", "common", "core", "misc"}
# Modules whose every function says what it takes and gives.
TYPED = {"acts", "actions", "emails", "managers", "models", "permissions", "querysets", "roles", "search", "signals"}
SAYING_NOTHING = {"one", "found"}
# The apps' folders; `jobs` is a family's.
TOP_FOLDERS = sorted({name.partition(".")[0] for name in OUR_APPS})
MOST_OUTSIDE = 0.05  # of all lines
PICTURE = ROOT / "docs/pictures/floors.svg"
LONGEST_FILE, LONGEST_FUNCTION, LONGEST_SCRIPT = 400, 40, 100
# Names, and abbreviations that are written in capitals in the middle of a sentence too.
CAPITALISED = re.compile(
    r"^(Y-tunnus|EU|URL|PDF|QR|RATKO|Finnish|Swedish|English|Russian|Finland|Job Market|[A-Z]{2,})\b"
)


def python_files(*folders):
    for folder in folders or TOP_FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


def parsed(path):
    return ast.parse(path.read_text(), str(path))


def place(path, node=None):
    return f"{path.relative_to(ROOT)}" + (f":{node.lineno}" if node else "")


def room(path):
    """The module of an app that a file belongs to: jobs/postings/models/posting.py lies in `models`."""
    _app, inside = app_of(path)
    return inside[0]


def tracked_files():
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode()
    return [ROOT / name for name in listing.split("\0") if name and (ROOT / name).is_file()]


def test_imports_point_down():
    finished = subprocess.run(
        [str(ROOT / ".venv/bin/lint-imports"), "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert finished.returncode == 0, finished.stdout


def contracts():
    return tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]


def names_in(layer):
    """The names in a layer, without the marks of those that not every container has."""
    return {name.strip(" ()") for name in layer.split("|")}


def layers_of(contract):
    return {name for layer in contract["layers"] for name in names_in(layer)}


def test_every_import_is_looked_at():
    assert not [contract["name"] for contract in contracts() if contract.get("ignore_imports")]


def test_hardly_a_line_lies_outside_a_contract():
    """What an app's contract names as a layer is inside; what it leaves out may have a contract of its own."""
    layers = {
        container: layers_of(contract) for contract in contracts() for container in contract.get("containers", [])
    }
    inside = outside = 0
    for path in python_files():
        names = path.relative_to(ROOT).with_suffix("").parts
        containers = [".".join(names[:depth]) for depth in range(1, len(names))]
        named = any(names[name.count(".") + 1] in layers[name] for name in containers if name in layers)
        lines = len(path.read_text().splitlines())
        inside, outside = (inside + lines, outside) if named else (inside, outside + lines)
    assert outside < MOST_OUTSIDE * (inside + outside)


def test_the_picture_of_the_floors_is_as_the_code_draws_it():
    drawn = runpy.run_path(str(ROOT / "bin/draw_floors.py"))["drawn"]()
    assert PICTURE.read_text() == drawn, "bin/draw_floors.py draws it anew"


def test_every_app_stands_on_its_floor_in_the_picture():
    """Read from the picture alone: all apps have their name in it, those of a floor above the next floor's."""
    elements = ElementTree.parse(PICTURE).iter()
    heights = {element.text: float(element.get("y")) for element in elements if element.get("class") == "name"}
    assert set(heights) == set(OUR_APPS)
    layers = next(contract["layers"] for contract in contracts() if contract["id"] == "floors")
    floors = [[heights[name] for name in names_in(layer) if name in heights] for layer in layers]
    built = [floor for floor in floors if floor]
    assert all(max(upper) < min(lower) for upper, lower in pairwise(built))


@pytest.mark.django_db
def test_no_migration_is_missing():
    migrations = MigrationLoader(None)
    with translation.override(None):
        detector = MigrationAutodetector(migrations.project_state(), ProjectState.from_apps(apps))
        changes = detector.changes(graph=migrations.graph)
    assert not {
        label: [str(migration.operations) for migration in changes[label]] for label in changes if label in OUR_LABELS
    }


def assigns_status(node):
    if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        return any(isinstance(target, ast.Attribute) and target.attr == "status" for target in targets)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "update":
        return any(keyword.arg == "status" for keyword in node.keywords)
    return False


def test_status_changes_only_where_it_is_moved():
    elsewhere = [
        place(path, node)
        for path in python_files()
        # The demonstration writes what has long happened.
        if place(path) != "portal/states.py" and room(path) != "demonstration"
        for node in ast.walk(parsed(path))
        if assigns_status(node)
    ]
    assert not elsewhere


def imported_modules(tree):
    """What a module imports when it runs, and not what the type checker alone reads."""
    blocks = (node for node in ast.walk(tree) if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING")
    for_types = {inner for block in blocks for inner in ast.walk(block)}
    for node in ast.walk(tree):
        if node in for_types:
            continue
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node, node.module or ""


def test_http_stays_out_of_models_and_actions():
    speaking_http = [
        f"{place(path, node)} {module}"
        for path in python_files()
        if room(path) in WITHOUT_HTTP
        for node, module in imported_modules(parsed(path))
        if module.startswith(("django.http", "django.shortcuts", "django.views"))
    ]
    assert not speaking_http


def test_modules_are_named_for_their_subject():
    assert not [
        place(path) for path in python_files() if path.stem in FORBIDDEN_NAMES or path.parent.name in FORBIDDEN_NAMES
    ]


def names_in_python(text):
    """Every name that code gives to a value, wherever it gives it."""
    for node in ast.walk(ast.parse(text)):
        match node:
            case ast.Name(id=name) | ast.arg(arg=name) | ast.keyword(arg=name) | ast.Attribute(attr=name):
                yield name
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name) | ast.ExceptHandler(name=name):
                yield name
            case ast.alias(name=name, asname=asname):
                yield asname or name


def names_in_template(text):
    """The names in a template's tags and variables, without what it says between quotation marks."""
    code = re.sub(r"{% comment %}.*?{% endcomment %}", "", text, flags=re.DOTALL)
    for tag in re.findall(r"{[{%].*?[%}]}", code):
        yield from re.findall(r"\w+", re.sub(r"\"[^\"]*\"|'[^']*'", "", tag))


def names_in_script(text):
    code = re.sub(r"^\s*//.*|/\*.*?\*/", "", text, flags=re.MULTILINE)
    return re.findall(r"\w+", code)


READERS = {".py": names_in_python, ".html": names_in_template, ".txt": names_in_template, ".js": names_in_script}


@pytest.mark.parametrize(
    ("suffix", "code"),
    [
        (".py", "[one.pk for one in rows]"),
        (".py", "def find(found): pass"),
        (".py", "find(found=3)"),
        (".py", "if (found := find()): pass"),
        (".py", "from search import Results as found"),
        (".html", "{% for one in rows %}{% endfor %}"),
        (".html", '{% include "row.html" with title=one.title only %}'),
        (".html", "{{ found.replaced }}"),
        (".js", "rows.map((one) => one.text)"),
    ],
)
def test_a_name_that_says_nothing_is_seen(suffix, code):
    assert SAYING_NOTHING & set(READERS[suffix](code))


def test_words_for_readers_are_not_names():
    assert not SAYING_NOTHING & set(names_in_template('{% translate "You have one" as words %} one {{ name }}'))
    assert not SAYING_NOTHING & set(names_in_python('text = "one"  # found'))


def test_names_say_what_they_hold():
    naming = {
        place(path): sorted(names)
        for path in tracked_files()
        if path.suffix in READERS and "migrations" not in path.parts
        if (names := SAYING_NOTHING & set(READERS[path.suffix](path.read_text())))
    }
    assert not naming


def mypy_options():
    options = Options()
    parse_config_file(options, lambda: None, str(ROOT / "pyproject.toml"), io.StringIO(), io.StringIO())
    return options


def module_of(path):
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def asks_for_rows(path):
    """Whether a module says how rows are asked for."""
    bases = (
        ast.unparse(base) for node in ast.walk(parsed(path)) if isinstance(node, ast.ClassDef) for base in node.bases
    )
    return any(re.search(r"(QuerySet|Manager)\b", base) for base in bases)


def test_what_changes_and_asks_for_rows_is_typed():
    options = mypy_options()
    untyped = [
        module
        for path in python_files()
        if room(path) in TYPED or asks_for_rows(path)
        if not options.clone_for_module(module := module_of(path)).disallow_untyped_defs
    ]
    assert not untyped


@pytest.mark.parametrize("module", sorted(TYPED))
@pytest.mark.parametrize("app", ["impact", "jobs.exchange"])
def test_an_app_that_comes_later_is_typed_too(app, module):
    for name in (f"{app}.{module}", f"{app}.{module}.something"):
        assert mypy_options().clone_for_module(name).disallow_untyped_defs


def test_files_are_short():
    limits = {".py": LONGEST_FILE, ".html": LONGEST_FILE, ".css": LONGEST_FILE, ".js": LONGEST_SCRIPT}
    too_long = [
        f"{place(path)}: {length}"
        for path in tracked_files()
        if path.suffix in limits and "migrations" not in path.parts
        if (length := len(path.read_text().splitlines())) > limits[path.suffix]
    ]
    assert not too_long


def test_functions_are_short():
    too_long = [
        f"{place(path, node)} {node.name}: {length}"
        for path in [*python_files(), *(ROOT / "bin").glob("*.py")]
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.FunctionDef) and (length := node.end_lineno - node.lineno + 1) > LONGEST_FUNCTION
    ]
    assert not too_long


def our_models():
    return [model for label in OUR_LABELS for model in apps.get_app_config(label).get_models()]


def own_fields(model):
    return [field for field in model._meta.get_fields() if field.concrete and field.model._meta.app_label in OUR_LABELS]


def test_verbose_names_are_lower_case():
    with translation.override("en"):
        names = {
            f"{model.__name__}.{field.name}": str(field.verbose_name)
            for model in our_models()
            for field in own_fields(model)
        }
        names |= {model.__name__: str(model._meta.verbose_name) for model in our_models()}
        names |= {f"{model.__name__} (plural)": str(model._meta.verbose_name_plural) for model in our_models()}
    assert not {place: name for place, name in names.items() if name[:1].isupper() and not CAPITALISED.match(name)}


def environment_names():
    """Every name that the settings read from the environment."""
    for path in python_files("portal/settings"):
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                caller = ast.unparse(node.func)
                if caller in {"required", "os.environ.get", "os.getenv", "env"} or caller.startswith("env."):
                    yield node.args[0].value
            elif isinstance(node, ast.Subscript) and ast.unparse(node.value) == "os.environ":
                yield ast.literal_eval(node.slice)


def test_every_environment_variable_is_in_the_readme():
    rows = [line for line in (ROOT / "README.md").read_text().splitlines() if line.startswith("|")]
    first_cells = " ".join(row.split("|")[1] for row in rows)
    assert not {name for name in environment_names() if f"`{name}`" not in first_cells}


@pytest.mark.parametrize("address", ["https://example.org", "http://localhost:8000"])
def test_base_settings_are_fit_for_production(address):
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "portal.settings.base",
        "SECRET_KEY": "".join(chr(33 + number) for number in range(90)),
        "ALLOWED_HOSTS": "example.org",
        "PUBLIC_URL": address,
        "TRUSTED_PROXIES": "1",
    }
    # Without TLS, on loopback, cookies and redirects cannot be the safe ones; all else must start all the same.
    arguments = ["--deploy", "--fail-level", "WARNING"] if address.startswith("https:") else []
    command = [sys.executable, "-W", "error", "manage.py", "check", *arguments]
    finished = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert finished.returncode == 0, finished.stderr


def test_a_missing_secret_stops_the_start():
    environment = {name: value for name, value in os.environ.items() if name not in {"SECRET_KEY", "ALLOWED_HOSTS"}}
    environment["DJANGO_SETTINGS_MODULE"] = "portal.settings.base"
    command = [sys.executable, "manage.py", "check"]
    finished = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert finished.returncode != 0
    assert "SECRET_KEY" in finished.stderr


# Written in pieces, so that this file does not find itself.
MACHINE_PATHS = re.compile(r"(?<![\w.])/(?:wo" + r"rk|ro" + r"ot|home/\w+|Users/\w+)/")
HOSTS = [
    ("pypi", "org"),
    ("pythonhosted", "org"),
    ("npmjs", "org"),
    ("maven", "org"),
    ("crates", "io"),
    ("debian", "org"),
]
REGISTRIES = re.compile("|".join(r"\.".join(parts) for parts in HOSTS))


def test_files_name_neither_machines_nor_registries():
    naming = []
    for path in tracked_files():
        try:
            text = path.read_text()
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(text.splitlines(), 1):
            if MACHINE_PATHS.search(line) or REGISTRIES.search(line):
                naming.append(f"{place(path)}:{number} {line.strip()[:80]}")
    assert not naming
