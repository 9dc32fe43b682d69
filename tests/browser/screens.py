"""Contact sheets of what stories passed: with SCREENS=folder each kept page becomes a picture on its sheet there."""

import os
from importlib.resources import files
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

# The sheet's width of a window, by the window's own, and how much of a long page is shown.
SHRUNK = {320: 213, 390: 260, 768: 384, 1280: 512}
LONGEST = {320: 3.2, 390: 2.8, 768: 2.0, 1280: 1.6}
GAP, CAPTION, ROW, ROWS = 24, 28, 2200, 2
PAPER, INK = "#e7e7e4", "#1b211e"
FONT = "fontpkg_atkinson_hyperlegible"


class Screens:
    def __init__(self):
        self.folder = os.environ.get("SCREENS", "")
        self.sheets: dict[str, list] = {}

    def keep(self, page, sheet, label):
        """Puts the page as it stands on a sheet, when sheets are wanted; a label comes once."""
        width = page.viewport_size["width"]
        kept = self.sheets.setdefault(f"{sheet}-{width}", [])
        if not self.folder or label in dict(kept):
            return
        page.evaluate("scrollTo(0, 0)")
        picture = Image.open(BytesIO(page.screenshot(full_page=True, caret="initial"))).convert("RGB")
        picture = picture.crop((0, 0, picture.width, min(picture.height, int(width * LONGEST.get(width, 1.6)))))
        shrunk = SHRUNK.get(width, 512)
        picture = picture.resize((shrunk, picture.height * shrunk // picture.width), Image.Resampling.LANCZOS)
        kept.append((label, picture))

    def write(self):
        for name, pictures in self.sheets.items():
            if not pictures:
                continue
            Path(self.folder).mkdir(parents=True, exist_ok=True)
            rows = rows_of(pictures)
            for number, start in enumerate(range(0, len(rows), ROWS), 1):
                path = Path(self.folder) / f"{name}-{number}.jpg"
                compose(rows[start : start + ROWS]).save(path, quality=72, optimize=True, progressive=True)


def rows_of(pictures):
    """Breaks the pictures into rows that are not wider than a sheet."""
    rows, used = [[]], 0
    for label, picture in pictures:
        if rows[-1] and used + picture.width > ROW:
            rows.append([])
            used = 0
        rows[-1].append((label, picture))
        used += picture.width + GAP
    return rows


def compose(rows):
    heights = [CAPTION + max(picture.height for _label, picture in row) for row in rows]
    width = GAP + max(sum(picture.width + GAP for _label, picture in row) for row in rows)
    sheet = Image.new("RGB", (width, GAP + sum(height + GAP for height in heights)), PAPER)
    draw = ImageDraw.Draw(sheet)
    font = ImageFont.truetype(str(files(FONT) / "files/AtkinsonHyperlegible-Regular.ttf"), 16)
    top = GAP
    for row, height in zip(rows, heights, strict=True):
        left = GAP
        for label, picture in row:
            draw.text((left, top), label, INK, font)
            sheet.paste(picture, (left, top + CAPTION))
            left += picture.width + GAP
        top += height + GAP
    return sheet
