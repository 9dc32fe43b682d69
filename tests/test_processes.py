"""What runs in production is one list: deploy/processes.toml. What starts it, by Docker or without, agrees with it."""

import os
import re
import shlex
import signal
import subprocess
import tomllib

import pytest
import yaml

from tests.plugins import ROOT
from tests.test_architecture import environment_names

PLAN = tomllib.loads((ROOT / "deploy/processes.toml").read_text())
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text())
DOCKERFILE = (ROOT / "Dockerfile").read_text()
ENVIRONMENT = PLAN["environment"]
# Set in the picture itself, for all three.
SECTION = re.compile(r"^ENV (.*?[^\\])$", re.MULTILINE | re.DOTALL)
# A picture is named and no registry with it.
PICTURE = re.compile(r"[a-z]+(:[a-z0-9.-]+)?")


def test_compose_starts_the_same_and_nothing_else():
    ours = {name: service for name, service in COMPOSE["services"].items() if "build" in service}
    assert {name: service["command"] for name, service in ours.items() if name != "prepare"} == PLAN["processes"]
    others = {name: service["image"] for name, service in COMPOSE["services"].items() if name not in ours}
    assert others == PLAN["services"]


def test_compose_prepares_the_same_before_the_others():
    shell, flags, script = COMPOSE["services"]["prepare"]["command"]
    assert (shell, flags) == ("sh", "-ec")
    assert [shlex.split(line) for line in script.splitlines()] == PLAN["prepare"]["commands"]
    for name in PLAN["processes"]:
        needed = COMPOSE["services"][name]["depends_on"]
        assert needed == {"prepare": {"condition": "service_completed_successfully"}}


@pytest.mark.parametrize("name", ["prepare", *PLAN["processes"]])
def test_all_of_ours_get_the_same_environment(name):
    given = COMPOSE["services"][name]["environment"]
    assert set(given) == {*ENVIRONMENT["required"], *ENVIRONMENT["optional"]}
    for variable in ENVIRONMENT["required"]:
        assert ":?" in given[variable], f"compose starts without {variable}"


def test_whatever_the_settings_read_can_be_set():
    listed = {*ENVIRONMENT["required"], *ENVIRONMENT["optional"], *ENVIRONMENT["fixed"]}
    assert set(environment_names()) - listed == {"TASKS"}  # for tests and development


def test_the_picture_has_what_is_fixed_and_serves():
    pairs = [part.split("=", 1) for part in shlex.split(SECTION.search(DOCKERFILE)[1].replace("\\\n", ""))]
    assert dict(pairs) == ENVIRONMENT["fixed"]
    assert f"CMD {PLAN['processes']['web']}".replace("'", '"') in DOCKERFILE
    assert f"EXPOSE {ENVIRONMENT['fixed']['PORT']}" in DOCKERFILE


def test_pictures_are_named_without_a_registry():
    named = [*PLAN["services"].values(), *re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE)]
    assert len(named) == 3
    assert all(PICTURE.fullmatch(name) for name in named)


def test_the_readme_explains_every_variable():
    rows = [line.split("|")[1] for line in (ROOT / "README.md").read_text().splitlines() if line.startswith("|")]
    names = {*ENVIRONMENT["required"], *ENVIRONMENT["optional"], *ENVIRONMENT["fixed"]} - {"DJANGO_SETTINGS_MODULE"}
    assert not {name for name in names if f"`{name}`" not in " ".join(rows)}


def test_every_command_is_there():
    for command in [*PLAN["prepare"]["commands"], *PLAN["processes"].values()]:
        script = ROOT / (command[1] if command[0].endswith("python") else command[0])
        assert script.exists()
        assert command[0].endswith("python") or os.access(script, os.X_OK)


def test_the_proxy_buffers_and_counts_connections():
    text = (ROOT / "deploy/nginx.conf").read_text()
    for line in (
        "proxy_request_buffering on",
        "limit_conn addresses 100",
        "X-Forwarded-For $remote_addr",
        f"web:{ENVIRONMENT['fixed']['PORT']}",
        "listen 443 ssl",
    ):
        assert line in text


def test_timed_work_ends_when_it_is_told_to(tmp_path):
    (tmp_path / "bin").mkdir()
    (tmp_path / ".venv/bin").mkdir(parents=True)
    python = tmp_path / ".venv/bin/python"
    python.write_text('#!/bin/sh\necho "$@" >> done\n')
    python.chmod(0o755)
    (tmp_path / "bin/timed-work").write_text((ROOT / "bin/timed-work").read_text())
    with subprocess.Popen(["bash", str(tmp_path / "bin/timed-work"), "0.2"]) as process:
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(1)
        process.send_signal(signal.SIGTERM)
        assert process.wait(5) == 0
    assert 2 <= (tmp_path / "done").read_text().count("manage.py run_due") <= 6
