#!/usr/bin/env python3
"""Cuts the web fonts from the packaged typeface: the characters our languages need, without hints, an open zero."""

import sys
from importlib.resources import files
from pathlib import Path

from fontTools.misc.transform import Transform
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.reverseContourPen import ReverseContourPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter, load_font, parse_unicodes, save_font

TARGET = Path(__file__).resolve().parents[1] / "portal/static/portal/fonts"
WEIGHTS = {"Regular": "hyperlegible-400.woff2", "Bold": "hyperlegible-700.woff2"}
CHARACTERS = (
    "20-7E,A0-FF,152-153,160-161,17D-17E,2BC,2010-2011,2013-2014,2018-201A,201C-201E,2020,2022,2026,202F,2030,2032,"
    "2039-203A,20AC,2190-2193,2212,2215"
)
FEATURES = ["kern", "liga", "calt", "ccmp", "mark", "locl", "tnum"]


def contours_of(font, glyph):
    """The outlines of a glyph, each as its own recorded drawing."""
    pen = DecomposingRecordingPen(font.getGlyphSet())
    font.getGlyphSet()[glyph].draw(pen)
    contours = []
    for step in pen.value:
        if step[0] == "moveTo":
            contours.append([])
        contours[-1].append(step)
    return contours


def box(contours):
    points = [point for contour in contours for _verb, arguments in contour for point in arguments if point]
    xs, ys = [x for x, _y in points], [y for _x, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def draw(contour, pen):
    for verb, arguments in contour:
        getattr(pen, verb)(*arguments)


def open_the_zero(font):
    """The slash reads as "2Ø" in dates and hours: one hole, the outer form scaled into the place of the two."""
    contours = contours_of(font, "zero")
    outer = max(contours, key=lambda contour: box([contour])[2] - box([contour])[0])
    inner = [contour for contour in contours if contour is not outer]
    left, bottom, right, top = box([outer])
    hole_left, hole_bottom, hole_right, hole_top = box(inner)
    fit = (
        Transform()
        .translate(hole_left, hole_bottom)
        .scale((hole_right - hole_left) / (right - left), (hole_top - hole_bottom) / (top - bottom))
        .translate(-left, -bottom)
    )
    pen = TTGlyphPen(font.getGlyphSet())
    draw(outer, pen)
    draw(outer, TransformPen(ReverseContourPen(pen), fit))
    font["glyf"]["zero"] = glyph = pen.glyph()
    glyph.recalcBounds(font["glyf"])


def build(source, target):
    options = Options(flavor="woff2", hinting=False, desubroutinize=True, layout_features=FEATURES)
    font = load_font(str(source), options)
    open_the_zero(font)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=parse_unicodes(CHARACTERS))
    subsetter.subset(font)
    save_font(font, str(target), options)
    font.close()


def main():
    TARGET.mkdir(parents=True, exist_ok=True)
    for weight, name in WEIGHTS.items():
        source = files("fontpkg_atkinson_hyperlegible") / "files" / f"AtkinsonHyperlegible-{weight}.ttf"
        build(source, TARGET / name)
        sys.stdout.write(f"{name} {(TARGET / name).stat().st_size} bytes\n")


if __name__ == "__main__":
    main()
