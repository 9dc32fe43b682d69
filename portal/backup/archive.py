"""The file of a backup: a tar.gz of the manifest, the database and the media, in this order."""

import gzip
import io
import json
import os
import shutil
import signal
import sys
import tarfile
import tempfile
import zlib
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath

FORMAT = 1
MANIFEST, DATABASE, MEDIA = "manifest.json", "database", "media/"
MADE_BY = "jarjestotyo"
LONGEST_MANIFEST = 1_000_000
IN_MEMORY = 8 * 1024 * 1024


class BackupFailed(Exception):
    """No backup has been made, or a restore stopped on its way."""


class BackupRefused(BackupFailed):
    """The file is not restored; nothing has been changed."""


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself: `migrations` are those that its database has seen, as "app.name"."""

    vendor: str
    created_at: str
    migrations: list[str]
    format: int = FORMAT
    made_by: str = MADE_BY

    @property
    def created(self):
        return datetime.fromisoformat(self.created_at)


# Writing


@contextmanager
def unfinished(path):
    """A folder beside the file, for its owner's eyes alone; what is in it is gone afterwards, whatever happens."""
    path = Path(path).resolve()
    folder = Path(tempfile.mkdtemp(prefix=f".{path.name}.", dir=path.parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def stopped_by_signal():
    """SIGTERM ends the block as an error would, so that it cleans up."""
    before = signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def writing(path):
    """An archive to write to, readable by its owner alone and safely on the disk when the block ends."""
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        with tarfile.open(fileobj=file, mode="w:gz", format=tarfile.PAX_FORMAT, compresslevel=6) as archive:
            yield archive
        file.flush()
        os.fsync(file.fileno())


def put_in_place(finished, path):
    """The finished file gets its name in one step that outlasts a power cut."""
    path = Path(path).resolve()
    finished.replace(path)
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def add_manifest(archive, manifest):
    text = json.dumps(asdict(manifest), indent=1).encode()
    _add(archive, MANIFEST, io.BytesIO(text), len(text))


def add_database(archive, path):
    with path.open("rb") as file:
        _add(archive, DATABASE, file, path.stat().st_size)


def add_media(archive, name, file):
    """Copied first: the header tells the length, and a running site may write to the file."""
    if not is_media(f"{MEDIA}{name}"):
        raise BackupFailed(f"The media hold a file that could not be restored under its name: {name!r}")
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as copy:
        shutil.copyfileobj(file, copy)
        size = copy.tell()
        copy.seek(0)
        _add(archive, f"{MEDIA}{name}", copy, size)
    return size


def _add(archive, name, file, size):
    header = tarfile.TarInfo(name)
    header.size, header.mode = size, 0o600
    archive.addfile(header, file)


# Reading


class Archive:
    """A backup that has been read to its end: whole, ours, and with no path that leads elsewhere."""

    def __init__(self, path):
        self.path = path
        with _damage_refused(path):
            self._read_to_the_end()
            self.media = self._check_members()
        self.manifest = self._manifest()

    def _read_to_the_end(self):
        """The sums inside tell of any damage, but only at the very end."""
        with gzip.open(self.path) as file:
            while file.read(1024 * 1024):
                pass

    def _check_members(self):
        """The names of the media. Everything else has to be what we write, where we write it."""
        with tarfile.open(self.path, "r|gz") as archive:
            members = list(archive)
        names = [member.name for member in members]
        media = names[2:]
        is_ours = names[:2] == [MANIFEST, DATABASE] and len(set(names)) == len(names)
        if not is_ours or not all(member.isreg() for member in members) or not all(map(is_media, media)):
            raise BackupRefused(f"{self.path} holds something else than a backup of this service.")
        return [name.removeprefix(MEDIA) for name in media]

    def _manifest(self):
        try:
            read = json.loads(next(self._contents())[1].read(LONGEST_MANIFEST))
            if read["made_by"] != MADE_BY or read["format"] != FORMAT:
                raise BackupRefused(f"The backup is of another format, {read['format']} by {read['made_by']}.")
            manifest = Manifest(**read)
            is_understood = manifest.created.tzinfo and all(isinstance(name, str) for name in manifest.migrations)
        except (KeyError, TypeError, ValueError) as error:
            raise BackupRefused("The backup's manifest cannot be read.") from error
        if not is_understood:
            raise BackupRefused("The backup's manifest cannot be read.")
        return manifest

    def extract_database(self, path):
        for name, file in self._contents():
            if name == DATABASE:
                with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as target:
                    shutil.copyfileobj(file, target)
                return

    def each_media_file(self):
        """Pairs of a name and a file in which a storage may seek."""
        for name, file in self._contents():
            if name.startswith(MEDIA):
                with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as copy:
                    shutil.copyfileobj(file, copy)
                    copy.seek(0)
                    yield name.removeprefix(MEDIA), copy

    def _contents(self):
        with tarfile.open(self.path, "r|gz") as archive:
            for member in archive:
                yield member.name, archive.extractfile(member)


@contextmanager
def _damage_refused(path):
    try:
        yield
    except FileNotFoundError as error:
        raise BackupRefused(f"There is no file {path}.") from error
    except (gzip.BadGzipFile, tarfile.TarError, zlib.error, EOFError) as error:
        raise BackupRefused(f"{path} is damaged or is no backup: {error}") from error
    except OSError as error:
        raise BackupRefused(f"{path} cannot be read: {error}") from error


def is_media(name):
    """Whether the path of a member stays inside the media, however a storage reads it."""
    inside = name.removeprefix(MEDIA)
    parts = inside.split("/")
    is_plain = not {"", ".", ".."} & set(parts) and not any(sign in inside for sign in "\\\0")
    return name.startswith(MEDIA) and is_plain and not PurePosixPath(inside).is_absolute()
