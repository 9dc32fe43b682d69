"""The rules for templates that can be read off their text."""

import re
from pathlib import Path

from django.apps import apps
from django.template import engines
from wagtail.models import get_page_models

from portal.settings.apps import OUR_APPS
from tests.plugins import OUR_LABELS, ROOT, folder_of

FOLDER = ROOT / "templates"
TEMPLATES = sorted(FOLDER.rglob("*.html")) + sorted(FOLDER.rglob("*.txt"))
COMMENT = re.compile(r"{% comment %}.*?{% endcomment %}", re.DOTALL)
LONGEST_LINE = 140
MOST_NAMES = 5
INCLUDE = re.compile(r"{%\s*include\s.*?%}", re.DOTALL)
NAME = re.compile(r"(?<=\s)\w+=")
QUOTED = re.compile(r'"[^"]*"')
LOAD = re.compile(r"{%\s*load\s+(.*?)%}", re.DOTALL)
SCRIPT = re.compile(r"<script\b([^>]*)>")
INLINE = re.compile(r"<style\b|\sstyle=|\son[a-z]+=|javascript:")
# The frame's own parts speak of the whole request.
FRAME = {"base.html"}
# Django, and the server in front, look these up by their names.
KNOWN_NAMES = re.compile(r"^(4\d\d|50\d|robots|security|humans)\.(html|txt)$")


def name_of(path):
    return path.relative_to(FOLDER).as_posix()


def code_of(path):
    """The template without its comments, whose examples are not code."""
    return COMMENT.sub("", path.read_text())


def offenders(rule):
    """The templates that break a rule, each with what it breaks it with."""
    return {name_of(path): broken for path in TEMPLATES if (broken := rule(path))}


def test_templates_compile():
    for path in TEMPLATES:
        engines["django"].get_template(name_of(path))


def test_includes_pass_only_what_they_name():
    def open_includes(path):
        tags = [] if name_of(path) in FRAME else INCLUDE.findall(code_of(path))
        return [tag for tag in tags if not tag.removesuffix("%}").rstrip().endswith(" only")]

    assert not offenders(open_includes)


def test_includes_pass_few_names():
    def crowded(path):
        tags = INCLUDE.findall(code_of(path))
        return [tag for tag in tags if len(NAME.findall(QUOTED.sub('""', tag))) > MOST_NAMES]

    assert not offenders(crowded)


def test_lines_are_short():
    """A mail's text keeps its lines: they are the mail's own."""

    def long(path):
        lines = path.read_text().splitlines() if path.suffix == ".html" else []
        return [number for number, line in enumerate(lines, 1) if len(line) > LONGEST_LINE]

    assert not offenders(long)


def test_loads_are_sorted():
    def unsorted(path):
        lists = [names.split() for names in LOAD.findall(code_of(path)) if " from " not in names]
        return [names for names in lists if names != sorted(names)]

    assert not offenders(unsorted)


def test_nothing_is_inline():
    def inline(path):
        code = code_of(path)
        scripts = [
            script for script in SCRIPT.findall(code) if "src=" not in script and 'type="application/' not in script
        ]
        return scripts + INLINE.findall(code)

    assert not offenders(inline)


def test_components_name_their_parameters():
    def silent(path):
        return name_of(path).startswith("components/") and not path.read_text().startswith("{% comment %}")

    assert not offenders(silent)


def theirs():
    """The names of the templates of other people's apps: a template of ours with such a name replaces one of theirs."""
    folders = [Path(config.path) / "templates" for config in apps.get_app_configs() if config.label not in OUR_LABELS]
    folders.append(Path(__import__("django").__file__).parent / "forms/templates")
    return {path.relative_to(folder).as_posix() for folder in folders for path in folder.rglob("*.html")} | {
        path.relative_to(folder).as_posix() for folder in folders for path in folder.rglob("*.txt")
    }


def test_every_template_is_used():
    sources = [code_of(path) for path in TEMPLATES]
    for app in OUR_APPS:
        sources += [path.read_text() for path in folder_of(app).rglob("*.py")]
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
