"""Files that are whole or not there, and that go with the rows that name them."""

import errno
import logging
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import transaction
from django.http import HttpRequest, HttpResponse

logger = logging.getLogger(__name__)

# What was written inside the present `files_with_rows`; None outside of one.
_written: ContextVar[list[str] | None] = ContextVar("written", default=None)


class NotStored(OSError):
    """The disk is full, or cannot be written to. Nothing of the file is left."""


class WholeFileStorage(FileSystemStorage):
    """A file that could not be written to its end is taken away again."""

    def _save(self, name: str, content: File) -> str:
        try:
            name, path = self._write(name, content)
            if self.file_permissions_mode is not None:
                os.chmod(path, self.file_permissions_mode)
        except OSError as error:
            logger.error("A file could not be stored: %s", errno.errorcode.get(error.errno or 0, "unknown"))
            raise NotStored(*error.args) from error
        if (written := _written.get()) is not None:
            written.append(name)
        return name

    def _write(self, name: str, content: File) -> tuple[str, str]:
        """The name under which the file lies in the end, and its path. What is there already is never written over."""
        descriptor = None
        while descriptor is None:
            path = self.path(name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            try:
                descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
            except FileExistsError:
                name = self.get_available_name(name)
        try:
            with os.fdopen(descriptor, "wb") as file:
                for chunk in content.chunks():
                    file.write(chunk if isinstance(chunk, bytes) else chunk.encode())
                file.flush()
                os.fsync(file.fileno())
        except BaseException:
            os.unlink(path)
            raise
        return name, path

    def delete(self, name: str) -> None:
        """Inside `files_with_rows` the file waits for the commit: the row may yet stay."""
        if _written.get() is None:
            self.delete_now(name)
        else:
            transaction.on_commit(lambda: self.delete_now(name))

    def delete_now(self, name: str) -> None:
        super().delete(name)

    def has_room_for(self, size: int) -> bool:
        """Whether as many bytes can be written at this moment."""
        try:
            os.makedirs(self.location, exist_ok=True)
            with tempfile.TemporaryFile(dir=self.location) as file:
                if size:
                    os.posix_fallocate(file.fileno(), 0, size)
        except OSError:
            return False
        return True


def has_room_for(size: int) -> bool:
    """The same of the site's storage; one that is elsewhere is asked by writing."""
    ask = getattr(default_storage, "has_room_for", None)
    return ask is None or ask(size)


@contextmanager
def files_with_rows() -> Iterator[None]:
    """A transaction for files too: when it is undone, so are the files that were written in it."""
    outer, written = _written.get(), []  # type: ignore[var-annotated]
    token = _written.set(written)
    try:
        with transaction.atomic():
            try:
                yield
            except BaseException:
                _take_back(written)
                raise
    finally:
        _written.reset(token)
    if outer is not None:
        outer.extend(written)


def _take_back(names: list[str]) -> None:
    for name in names:
        try:
            default_storage.delete_now(name)  # type: ignore[attr-defined]
        except OSError:
            logger.exception("A file without a row is left")


def uploads_whole(refuse: Callable[[HttpRequest], HttpResponse]) -> Callable[[Any], Any]:
    """For the views of others that take files: the row and the file, or neither and `refuse(request)`."""

    def decorate(view: Any) -> Any:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method != "POST" or not request.FILES:
                return view(request, *args, **kwargs)
            try:
                with files_with_rows():
                    return view(request, *args, **kwargs)
            except NotStored:
                return refuse(request)

        return answer

    return decorate
