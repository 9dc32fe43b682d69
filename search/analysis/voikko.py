"""Finnish words read by the Voikko library, when the machine has it (Debian: libvoikko1 and voikko-fi).

The library is reached through ctypes and nothing of it is shipped: it is free to be missing.
"""

import ctypes
import re
from collections.abc import Iterator
from ctypes.util import find_library
from threading import Lock
from typing import Any, NamedTuple

from search.caches import ProcessCache

PIECE = re.compile(r"\+([^+(]*)(?:\(([^)]*)\))?")
LIBRARY_NAMES = ("libvoikko.so.1", "libvoikko.1.dylib", "libvoikko-1.dll")


class Reading(NamedTuple):
    """One way to read a word: its base form and the pieces it is glued together of, as written and as base forms."""

    lemma: str
    surfaces: tuple[str, ...]
    bases: tuple[str, ...]


class Voikko:
    """A handle on the library; calls are made one at a time, since a handle serves one thread."""

    def __init__(self, library: ctypes.CDLL) -> None:
        self._library = library
        self._lock = Lock()
        error = ctypes.c_char_p()
        self._handle = library.voikkoInit(ctypes.byref(error), b"fi", None)
        if not self._handle:
            raise OSError((error.value or b"no dictionary").decode())
        self.version = library.voikkoGetVersion().decode()

    def readings(self, word: str) -> list[Reading]:
        """Every reading the dictionary knows of the word; none for a word it does not know."""
        with self._lock:
            analyses = self._library.voikkoAnalyzeWordCstr(self._handle, word.encode())
            if not analyses:
                return []
            readings = []
            for analysis in self._each(analyses):
                lemma, pieces, structure = (
                    self._value(analysis, key) for key in (b"BASEFORM", b"WORDBASES", b"STRUCTURE")
                )
                if lemma:
                    readings.append(_reading(lemma, pieces, structure))
            self._library.voikko_free_mor_analysis(analyses)
        return list(dict.fromkeys(readings))

    @staticmethod
    def _each(analyses: Any) -> Iterator[Any]:
        position = 0
        while analyses[position]:
            yield analyses[position]
            position += 1

    def _value(self, analysis: Any, key: bytes) -> str:
        pointer = self._library.voikko_mor_analysis_value_cstr(analysis, key)
        if not pointer:
            return ""
        text = (ctypes.cast(pointer, ctypes.c_char_p).value or b"").decode()
        self._library.voikko_free_mor_analysis_value_cstr(pointer)
        return text


def _reading(lemma: str, pieces: str, structure: str) -> Reading:
    """The reading of one analysis: STRUCTURE says where the word is glued, WORDBASES what each piece comes from."""
    lengths = [sum(mark in "ijpq" for mark in part) for part in structure.split("=")[1:]]
    surfaces, start = [], 0
    plain = lemma.replace("-", "").replace("=", "")
    for length in lengths[:-1]:
        surfaces.append(plain[start : start + length])
        start += length
    surfaces.append(plain[start:])
    surfaces = [surface for surface in surfaces if surface]
    return Reading(lemma.replace("=", ""), tuple(surfaces), tuple(_bases(surfaces, pieces)))


def _bases(surfaces: list[str], pieces: str) -> list[str]:
    """The base form of each surface: what the dictionary names for a whole piece, else the surface itself."""
    origins, start = {}, 0
    for surface, base in PIECE.findall(pieces):
        plain = surface.replace("-", "")
        if base and not base.startswith("+"):
            origins[start, len(plain)] = base.replace("=", "")
        start += len(plain)
    bases, start = [], 0
    for position, surface in enumerate(surfaces):
        last = position == len(surfaces) - 1
        bases.append(surface if last else origins.get((start, len(surface)), surface))
        start += len(surface)
    return bases


@ProcessCache.of_calls(1)
def load() -> Voikko | None:
    """The library with its Finnish dictionary, or None where either is missing."""
    for name in filter(None, (find_library("voikko"), *LIBRARY_NAMES)):
        try:
            return Voikko(_declare(ctypes.CDLL(name)))
        except (OSError, AttributeError):
            continue
    return None


def _declare(library: ctypes.CDLL) -> ctypes.CDLL:
    """The signatures of the seven functions used; AttributeError from a library too old to have them."""
    pointer, text = ctypes.c_void_p, ctypes.c_char_p
    for name, result, arguments in (
        ("voikkoInit", pointer, [ctypes.POINTER(text), text, text]),
        ("voikkoGetVersion", text, []),
        ("voikkoAnalyzeWordCstr", ctypes.POINTER(pointer), [pointer, text]),
        ("voikko_free_mor_analysis", None, [ctypes.POINTER(pointer)]),
        ("voikko_mor_analysis_value_cstr", pointer, [pointer, text]),
        ("voikko_free_mor_analysis_value_cstr", None, [pointer]),
    ):
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments
    return library
