"""The names of municipalities in every form that people write: "Kiteellä", "kontiolax", "raakkylassa", "Йоэнсуу"."""

import re
from collections.abc import Iterable, Mapping
from typing import Protocol

from search.analysis import fold

# How the end of a Finnish name changes before the endings of cases, folded: Kontiolahti – Kontiolahdella.
CHANGES = (
    (r"hti$", ("hde", "hte")),
    (r"rvi$", ("rve",)),
    (r"vesi$", ("vede", "vete")),
    (r"mpu$", ("mmu",)),
    (r"es$", ("ekse",)),
    (r"(?<=[aeiouy])ka$", ("a",)),
)
# The endings of cases, in writing and in speech: Joensuussa, Joensuus.
ENDINGS = (
    *("", "n", "a", "ta", "ssa", "sta", "lla", "lta", "lle", "s", "st", "l", "lt"),
    *("an", "en", "in", "un", "hun", "seen"),
)
# How Russian and Ukrainian write them, folded; in these languages most of the names stay as they are. No speaker has
# checked these yet.
CYRILLIC = {
    "joensuu": ("йоэнсуу", "йоенсуу"),
    "kontiolahti": ("контиолахти", "контіолахті"),
    "liperi": ("липери", "ліпері"),
    "outokumpu": ("оутокумпу",),
    "polvijarvi": ("полвиярви", "полвіярві"),
    "juuka": ("юука", "юуке", "юуки", "юуку"),
    "lieksa": ("лиекса", "лиексе", "лиексы", "лиексу", "лієкса"),
    "nurmes": ("нурмес", "нурмесе", "нурмеса"),
    "ilomantsi": ("иломантси", "іломантсі"),
    "tohmajarvi": ("тохмаярви", "тохмаярві"),
    "kitee": ("китеэ", "китее", "кітеє"),
    "raakkyla": ("ряаккюля", "ряаккюле", "рааккюля", "рааккюле"),
    "heinavesi": ("хейнявеси", "хейнавеси"),
}


class Town(Protocol):
    code: str
    name_fi: str
    name_sv: str


def forms_of(towns: Iterable[Town]) -> Mapping[str, str]:
    """Codes of municipalities by every folded form of their names."""
    forms: dict[str, str] = {}
    for town in towns:
        for name in (fold(town.name_fi), fold(town.name_sv)):
            for stem in _stems(name):
                forms |= {stem + ending: town.code for ending in ENDINGS}
        forms |= {fold(name): town.code for name in CYRILLIC.get(fold(town.name_fi), ())}
    return forms


def _stems(name: str) -> list[str]:
    changed = [re.sub(end, other, name) for end, others in CHANGES if re.search(end, name) for other in others]
    return [name, *changed]
