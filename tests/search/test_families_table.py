"""The tables of word families: doer, deed and trade in three languages, and the commonest in Russian and Ukrainian."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

import search.query
from organisations.installation import FOLDER as ORGANISATIONS
from organisations.installation import rows

FOLDER = Path(search.query.__file__).parent
LANGUAGES = ("fi", "sv", "en")
CYRILLIC = ("ru", "uk")
FIELDS = {row["code"] for row in rows(ORGANISATIONS / "task_fields.csv")}
FAMILIES_WITH_A_FIELD = 200
MOST_FAMILIES_OF_A_WORD = 2
# Words joined by a space, a hyphen or the Ukrainian apostrophe.
CYRILLIC_MEMBER = re.compile(r"[а-яёіїєґ]+(?:[ '-][а-яёіїєґ]+)*")
SOURCES = re.compile(r"(?:ESCO(?: \([^();]+\))?|dictionary|seeded jobs)(?:; (?:dictionary|seeded jobs))*")


def rows_of(name):
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def members(cell):
    return cell.split("; ") if cell else []


FAMILIES = rows_of("families.csv")
CYRILLIC_FAMILIES = rows_of("families_cyrillic.csv")
CELLS = [
    *((language, row[language]) for row in FAMILIES for language in LANGUAGES),
    *((language, row[language]) for row in CYRILLIC_FAMILIES for language in CYRILLIC),
]


def test_the_tables_are_of_the_promised_size():
    assert list(FAMILIES[0]) == [*LANGUAGES, "field", "source"]
    assert list(CYRILLIC_FAMILIES[0]) == ["fi", *CYRILLIC]
    assert len(FAMILIES) >= 180
    assert len(CYRILLIC_FAMILIES) >= 55


def test_no_row_has_more_or_fewer_cells_than_the_header():
    assert [row for row in FAMILIES + CYRILLIC_FAMILIES if None in row or None in row.values()] == []


def test_every_cell_holds_words():
    assert [cell for cell in CELLS if not cell[1]] == []


def test_members_are_whole_words_parted_by_a_semicolon_and_a_space():
    untidy = [
        (cell, member)
        for _, cell in CELLS
        for member in cell.split(";")
        if not member.strip() or " ".join(member.split()) != member.removeprefix(" ") or "," in member
    ]
    assert untidy == []


def test_no_cell_says_a_word_twice():
    twice = [
        (language, word)
        for language, cell in CELLS
        for word, times in Counter(map(str.casefold, members(cell))).items()
        if times > 1
    ]
    assert twice == []


@pytest.mark.parametrize("language", [*LANGUAGES, *CYRILLIC])
def test_a_word_is_of_two_families_at_the_most(language):
    times = Counter(word.casefold() for own, cell in CELLS if own == language for word in members(cell))
    assert [word for word, count in times.items() if count > MOST_FAMILIES_OF_A_WORD] == []


def test_no_two_families_begin_with_the_same_word():
    firsts = Counter(members(row["fi"])[0] for row in FAMILIES)
    assert [word for word, count in firsts.items() if count > 1] == []


def test_wide_words_are_no_members():
    wide = {"työ", "tehtävä", "apu", "apulainen", "henkilö", "homma", "tekijä", "työntekijä", "hoitaja", "ohjaaja"}
    assert [row["fi"] for row in FAMILIES if wide.intersection(members(row["fi"]))] == []


def test_every_family_says_its_sources():
    assert [row["source"] for row in FAMILIES if not SOURCES.fullmatch(row["source"])] == []
    assert [row["source"] for row in FAMILIES if len(set(members(row["source"]))) < len(members(row["source"]))] == []


def test_a_field_is_one_of_the_fields_of_work_and_most_families_have_one():
    fields = [row["field"] for row in FAMILIES if row["field"]]
    assert [field for field in fields if field not in FIELDS] == []
    assert len(fields) >= FAMILIES_WITH_A_FIELD


def test_a_cyrillic_family_stands_for_a_family_of_the_other_table_and_once():
    firsts = [members(row["fi"])[0] for row in FAMILIES]
    named = [row["fi"] for row in CYRILLIC_FAMILIES]
    assert [word for word in named if word not in firsts] == []
    assert len(set(named)) == len(named)


def test_cyrillic_cells_hold_cyrillic_letters_only():
    other = [
        member
        for row in CYRILLIC_FAMILIES
        for language in CYRILLIC
        for member in members(row[language])
        if not CYRILLIC_MEMBER.fullmatch(member)
    ]
    assert other == []
