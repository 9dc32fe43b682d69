"""The rules for templates that can be read off their text."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.template import engines
from wagtail.models import get_page_models

from tests.plugins import OUR_APPS, ROOT

FOLDER = ROOT / "templates"
TEMPLATES = sorted(FOLDER.rglob("*.html")) + sorted(FOLDER.rglob("*.txt"))
COMMENT = re.compile(r"{% comment %}.*?{% endcomment %}", re.DOTALL)
INCLUDE = re.compile(r"{%\s*include\s.*?%}", re.DOTALL)
LOAD = re.compile(r"{%\s*load\s+(.*?)%}", re.DOTALL)
# The frame's own parts speak of the whole request.
FRAME = {"base.html"}
# Django, and the server in front, look these up by their names.
KNOWN_NAMES = re.compile(r"^(4\d\d|50\d|robots|security|humans)\.(html|txt)$")


def name_of(path):
    return path.relative_to(FOLDER).as_posix()


def code_of(path):
    """The template without its comments, whose examples are not code."""
    return COMMENT.sub("", path.read_text())


def each_template():
    return pytest.mark.parametrize("path", TEMPLATES, ids=name_of)


@each_template()
def test_template_compiles(path):
    engines["django"].get_template(name_of(path))


@each_template()
def test_includes_pass_only_what_they_name(path):
    if name_of(path) in FRAME:
        return
    assert not [tag for tag in INCLUDE.findall(code_of(path)) if not tag.removesuffix("%}").rstrip().endswith(" only")]


@each_template()
def test_loads_are_sorted(path):
    for names in LOAD.findall(code_of(path)):
        if " from " not in names:
            assert names.split() == sorted(names.split())


@each_template()
def test_nothing_is_inline(path):
    code = code_of(path)
    assert not re.search(r"<style\b|\sstyle=|\son[a-z]+=|javascript:", code)
    for attributes in re.findall(r"<script\b([^>]*)>", code):
        assert "src=" in attributes or 'type="application/' in attributes


@each_template()
def test_component_names_its_parameters(path):
    if name_of(path).startswith("components/"):
        assert path.read_text().startswith("{% comment %}")


def theirs():
    """The names of the templates of other people's apps: a template of ours with such a name replaces one of theirs."""
    folders = [Path(config.path) / "templates" for config in apps.get_app_configs() if config.label not in OUR_APPS]
    folders.append(Path(__import__("django").__file__).parent / "forms/templates")
    return {path.relative_to(folder).as_posix() for folder in folders for path in folder.rglob("*.html")} | {
        path.relative_to(folder).as_posix() for folder in folders for path in folder.rglob("*.txt")
    }


def test_every_template_is_used():
    sources = [code_of(path) for path in TEMPLATES]
    for folder in OUR_APPS:
        sources += [path.read_text() for path in (ROOT / folder).rglob("*.py")]
    text = "\n".join(sources)
    # A name may be put together from its folder and a variable: f"jobs/mail/{name}.txt".
    composed = [
        re.compile(re.sub(r"\\{.*?\\}", "[^/]+", re.escape(name)) + "$")
        for name in re.findall(r'f"([\w/]+/[^"]*\{[^"]*)"', text)
    ]
    pages = {model.template for model in get_page_models() if isinstance(model.template, str)}
    unused = [
        name
        for name in map(name_of, TEMPLATES)
        if f'"{name}"' not in text and f"'{name}'" not in text and name not in pages and not KNOWN_NAMES.match(name)
        if not any(pattern.match(name) for pattern in composed)
    ]
    assert not set(unused) - theirs()
