"""A server of one's own, run as bin/serve runs it, with the site or a few lines in its place."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager

from tests.browser.servers import free_port
from tests.plugins import ROOT

WORKER = "portal.serving.BufferingWorker"


class Gunicorn:
    def __init__(self, process, port):
        self.process, self.port, self.url = process, port, f"http://127.0.0.1:{port}"

    def ask(self, path="/", within=30):
        """The answer's body; before the port is open it is tried again."""
        end = time.monotonic() + within
        while True:
            try:
                # Once the port is open the request waits for a worker; a second one would be counted too.
                with urllib.request.urlopen(self.url + path, timeout=within) as answer:
                    return answer.read()
            except OSError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.1)


@contextmanager
def served(folder, application, *options, **settings):
    """`application` is "module:name" of the site, or the text of a module that has one."""
    if "\n" in application:
        (folder / "served.py").write_text(application)
        application = "served:application"
    port = free_port()
    environment = dict(os.environ) | {"PYTHONPATH": f"{ROOT}:{folder}"} | settings
    command = [sys.executable, "-m", "gunicorn", application, "--config", str(ROOT / "bin/gunicorn.conf.py")]
    command += ["--bind", f"127.0.0.1:{port}", "--worker-class", WORKER, "--log-level", "warning", *options]
    with subprocess.Popen(command, cwd=ROOT, env=environment) as process:
        try:
            yield Gunicorn(process, port)
        finally:
            process.send_signal(signal.SIGTERM)
            assert process.wait(timeout=30) == 0
