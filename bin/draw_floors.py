#!/usr/bin/env python3
"""Draws docs/pictures/floors.svg: every app on its floor, by the contract `floors` and the list of our apps."""

import runpy
import sys
import textwrap
import tomllib
from html import escape
from itertools import groupby
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PICTURE = ROOT / "docs/pictures/floors.svg"
OUR_APPS = runpy.run_path(str(ROOT / "portal/settings/apps.py"))["OUR_APPS"]
WORDS = {
    "jobs.applications": "who applies, the inbox, the applicant's own page",
    "jobs.review": "moderation and its talk",
    "jobs.discovery": "the list, places, saved jobs, the jobs in the search",
    "jobs.postings": "the posting, its steps, its states, its page and its rows on the desk",
    "guides": "guides and training with a second reader",
    "organisations": "municipalities and their rollout, organisations, roles, mandates, the desk's shell",
    "search": "analysis of three languages, the index in the database and in an engine, the one search function",
    "portal": "settings, pages, look, mail, schedule, privacy, backup, furniture, slots, states",
    "accounts": "people, sign-in by code, second factors, the registry that every floor builds on",
}
LEFT, RIGHT, RIDGE, TOP = 96, 784, 22, 70  # the walls, the roof's ridge and its foot
INSIDE, GAP, SEAM, PADDING = 24, 12, 6, 14  # from wall to room, between floors, between rooms, inside a room
LINE, NAME = 19, 21  # the heights of a line of words and of a name
LETTER = 7.2  # how wide a letter is taken to be: fonts differ, and a word too early on the next line does no harm
STYLE = """
    text { font: 14.5px system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; fill: #45514b }
    .name { font-size: 16.5px; font-weight: 650; fill: #1b211e }
    .paper { fill: #fbfaf7 } .house { fill: #ffffff; stroke: #66726c } .roof { fill: #0f4c3a }
    .family { fill: #e9efe5 } .room { fill: #fbfaf7; stroke: #aab4ad } .family-room { fill: #ffffff }
    .down, .up { fill: none; stroke: #0f4c3a; stroke-width: 2.5 } .up { stroke: #0f527b; stroke-dasharray: 7 5 }
    .head { stroke-dasharray: none } .ground { stroke: #66726c; stroke-width: 2.5 }
    @media (prefers-color-scheme: dark) {
      text { fill: #b3beb8 } .name { fill: #e9eeeb }
      .paper { fill: #121614 } .house { fill: #1a201d; stroke: #8a978f } .roof { fill: #2c6b55 }
      .family { fill: #202b26 } .room { fill: #121614; stroke: #4c5a52 } .family-room { fill: #1a201d }
      .down { stroke: #84ceae } .up { stroke: #8fc8f0 } .ground { stroke: #8a978f }
    }
"""


def floors():
    """The built floors from the top down, each a list of the apps on it."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["id"] == "floors")
    named = [[name.strip(" ()") for name in layer.split("|")] for layer in layers]
    return [built for names in named if (built := [name for name in names if name in OUR_APPS])]


def family_of(floor):
    """The folder that the apps of a floor share; empty when they stand by themselves."""
    return floor[0].rpartition(".")[0]


def text(x, y, words, **attributes):
    more = "".join(f' {name.strip("_").replace("_", "-")}="{value}"' for name, value in attributes.items())
    return f'<text x="{x:g}" y="{y:g}"{more}>{escape(words, quote=False)}</text>'


def drawn_rooms(names, y):
    """Rooms side by side, and how high they are."""
    width = (RIGHT - LEFT - 2 * INSIDE - SEAM * (len(names) - 1)) / len(names)
    lines = [textwrap.wrap(WORDS[name], int((width - 2 * PADDING) / LETTER)) for name in names]
    height = 2 * PADDING + NAME + LINE * max(map(len, lines)) - 4
    kind = "room family-room" if family_of(names) else "room"
    parts, first_line = [], y + PADDING + 13
    for number, (name, words) in enumerate(zip(names, lines, strict=True)):
        x = LEFT + INSIDE + number * (width + SEAM)
        parts.append(f'<rect class="{kind}" x="{x:g}" y="{y}" width="{width:g}" height="{height}" rx="6"/>')
        parts.append(text(x + PADDING, first_line, name, class_="name"))
        parts += [text(x + PADDING, first_line + NAME + LINE * row, line) for row, line in enumerate(words)]
    return parts, height


def drawn_floor(floor, y):
    """A floor, its rooms in close rows of two where there are many; and where the next floor begins."""
    parts = []
    for first in range(0, len(floor), 2):
        rooms, height = drawn_rooms(floor[first : first + 2], y)
        parts += rooms
        y += height + SEAM
    return parts, y - SEAM + GAP


def drawn_storeys():
    """All floors from the top down, a family's in one frame, and where the last one ends."""
    parts, y = [], TOP + 16
    for family, its_floors in groupby(floors(), family_of):
        rooms, begun = [], y
        if family:
            rooms.append(text(LEFT + INSIDE, y + 21, f"{family}, a family of apps"))
            y += 32
        for floor in its_floors:
            drawn, y = drawn_floor(floor, y)
            rooms += drawn
        if family:
            size = f'width="{RIGHT - LEFT - 2 * INSIDE + 2 * GAP}" height="{y - begun}"'
            rooms.insert(0, f'<rect class="family" x="{LEFT + INSIDE - GAP}" y="{begun}" {size} rx="8"/>')
            y += GAP
        parts += rooms
    return parts, y - GAP + 16


def drawn_arrow(kind, x, start, end, words):
    """A long arrow beside the house, and outside of it the words along it."""
    is_left, back = x < LEFT, end + (11 if start > end else -11)
    beside, middle = x + (-12 if is_left else 12), (start + end) / 2
    turned = f"rotate({-90 if is_left else 90} {beside} {middle:g})"
    return [
        f'<path class="{kind}" d="M{x} {start}V{end}"/>',
        f'<path class="{kind} head" d="M{x - 7} {back}L{x} {end}L{x + 7} {back}"/>',
        text(beside, middle, words, text_anchor="middle", transform=turned),
    ]


def drawn():
    """The whole picture."""
    if missing := [name for name in OUR_APPS if name not in WORDS]:
        sys.exit(f"draw_floors: say in WORDS what lives in {', '.join(missing)}")
    storeys, ground = drawn_storeys()
    middle, width, height = (LEFT + RIGHT) // 2, LEFT + RIGHT, ground + 28
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" aria-labelledby="title">',
        '<title id="title">The apps as the floors of a house: imports point down, and a floor asks what others '
        "registered with it.</title>",
        f"<style>{STYLE}</style>",
        f'<rect class="paper" width="{width}" height="{height}" rx="12"/>',
        f'<rect class="house" x="{LEFT}" y="{TOP}" width="{RIGHT - LEFT}" height="{ground - TOP}"/>',
        f'<path class="roof" d="M{LEFT - 26} {TOP}L{middle} {RIDGE}L{RIGHT + 26} {TOP}z"/>',
        *storeys,
        f'<path class="ground" d="M28 {ground}H{width - 28}"/>',
        *drawn_arrow("down", LEFT - 36, TOP + 28, ground - 18, "imports"),
        *drawn_arrow("up", RIGHT + 36, ground - 18, TOP + 28, "asks what was registered"),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


if __name__ == "__main__":
    PICTURE.write_text(drawn())
