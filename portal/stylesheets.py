"""One stylesheet out of many small ones: pages ask for a single file, people read a file per component."""

import re
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

MANIFEST = Path(__file__).parent / "static" / "portal" / "css" / "site.css"
# One folder below css/, as the sources are, so that their url(…) stay right.
NAME = "portal/css/build/site.css"

IMPORT = re.compile(r'@import "(?P<path>[^"]+)" layer\((?P<layer>\w+)\);')
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def join_stylesheet():
    """The manifest with every import replaced by the imported file's rules, without comments and needless blanks."""

    def inline(match):
        return f"@layer {match['layer']} {{ {(MANIFEST.parent / match['path']).read_text('utf-8')} }}"

    text = COMMENT.sub("", IMPORT.sub(inline, MANIFEST.read_text("utf-8")))
    return re.sub(r" ?([{};]) ?", r"\1", re.sub(r"\s+", " ", text)).replace(";}", "}").strip() + "\n"


class JoinedStylesheetFinder(BaseFinder):
    """Finds the joined stylesheet and joins it anew whenever a source is younger."""

    def __init__(self):
        self.storage = FileSystemStorage(location=settings.BASE_DIR / ".cache" / "static")

    def check(self, **kwargs):
        return []

    def find(self, path, find_all=False, **kwargs):
        if path != NAME:
            return []
        file = str(self._fresh())
        return [file] if find_all else file

    def list(self, ignore_patterns):
        self._fresh()
        yield NAME, self.storage

    def _fresh(self):
        target = Path(self.storage.path(NAME))
        sources = [MANIFEST, Path(__file__), *MANIFEST.parent.glob("*/*.css")]
        if not target.exists() or target.stat().st_mtime < max(source.stat().st_mtime for source in sources):
            target.parent.mkdir(parents=True, exist_ok=True)
            unfinished = target.with_suffix(".part")
            unfinished.write_text(join_stylesheet(), "utf-8")
            unfinished.replace(target)
        return target
