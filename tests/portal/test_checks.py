"""A site behind a proxy that it knows nothing of says so: when it is checked, when it starts, and in its log."""

import os
import subprocess

import pytest
from django.core.checks import run_checks

from portal.middleware import client_address, tell_of_unknown_proxy
from tests.plugins import ROOT


@pytest.mark.parametrize(
    ("is_tls", "proxies", "is_told"), [(True, 0, True), (True, 1, False), (False, 0, False), (False, 1, False)]
)
def test_the_check_names_the_variable(settings, is_tls, proxies, is_told):
    settings.IS_TLS, settings.TRUSTED_PROXIES = is_tls, proxies
    warnings = [str(message) for message in run_checks(include_deployment_checks=True)]
    assert any("TRUSTED_PROXIES" in warning for warning in warnings) == is_told


@pytest.mark.parametrize(("proxies", "lines"), [(0, 1), (1, 0)])
def test_the_log_names_it_once_a_process(rf, settings, caplog, proxies, lines):
    settings.TRUSTED_PROXIES = proxies
    tell_of_unknown_proxy.cache_clear()
    for _request in range(3):
        client_address(lambda request: None)(rf.get("/", HTTP_X_FORWARDED_FOR="8.8.8.8"))
    client_address(lambda request: None)(rf.get("/"))
    assert caplog.text.count("TRUSTED_PROXIES") == lines


@pytest.mark.parametrize(
    ("public_url", "proxies", "is_told"),
    [
        ("https://a.example", "", True),
        ("https://a.example", "0", True),
        ("https://a.example", "1", False),
        ("", "", False),
    ],
)
def test_the_start_names_it(tmp_path, public_url, proxies, is_told):
    """The script is run up to where the server would begin."""
    (tmp_path / "bin").mkdir()
    (tmp_path / ".venv/bin").mkdir(parents=True)
    (tmp_path / ".venv/installed").touch()
    (tmp_path / "app/static").mkdir(parents=True)
    for name in ("python", "gunicorn"):
        (tmp_path / ".venv/bin" / name).write_text("#!/bin/sh\n")
        (tmp_path / ".venv/bin" / name).chmod(0o755)
    (tmp_path / "bin/serve").write_text((ROOT / "bin/serve").read_text())
    environment = {**os.environ, "PUBLIC_URL": public_url, "TRUSTED_PROXIES": proxies}
    command = ["bash", str(tmp_path / "bin/serve"), "8000"]
    run = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert ("TRUSTED_PROXIES" in run.stderr) == is_told
    assert run.stderr.count("\n") == int(is_told)
