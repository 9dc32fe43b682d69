"""The files of the default storage, on this machine's disk or elsewhere."""

from django.core.files import File
from django.core.files.storage import default_storage

from portal.backup.archive import BackupFailed


def names_in_storage(folder=""):
    """The names of all files, folder by folder; a storage that does not exist yet is empty."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    before = f"{folder}/" if folder else ""
    yield from (f"{before}{name}" for name in sorted(files) if name)
    for name in sorted(folders):
        yield from names_in_storage(f"{before}{name}")


def replace_files(named_files):
    """The storage holds these files and no others afterwards; gives their number."""
    kept = set()
    for name, file in named_files:
        if default_storage.exists(name):
            default_storage.delete(name)
        if (saved := default_storage.save(name, File(file, name))) != name:
            raise BackupFailed(f"The storage wrote {saved} in the place of {name}.")
        kept.add(name)
    for name in list(names_in_storage()):
        if name not in kept:
            default_storage.delete(name)
    return len(kept)
