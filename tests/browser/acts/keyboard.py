"""The jobseeker's half with the keyboard alone: Tab goes on, Enter follows, Space ticks; the focus is always seen."""

from itertools import pairwise

FOCUS = """() => {
  const one = document.activeElement
  if (!one || one === document.body) return null
  const place = one.closest('label') ?? one
  const box = place.getBoundingClientRect()
  const rings = [getComputedStyle(one), getComputedStyle(place), getComputedStyle(one, '::after')]
  const ringed = rings.some((ring) => ring.outlineStyle !== 'none' && parseFloat(ring.outlineWidth) >= 2
    || ring.boxShadow !== 'none')
  const shown = box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight
  return { ringed, shown, top: box.top + scrollY, tag: one.tagName, type: one.type ?? '',
    name: one.name ?? '', value: one.value ?? '', text: (one.innerText || '').trim(), html: one.outerHTML.slice(0, 160),
    inMain: !!one.closest('main') }
}"""
MOST_TABS = 150


class Keyboard:
    """Hands on the keys of a window."""

    def __init__(self, window):
        self.window, self.page = window, window.page

    def tab(self):
        """To the next thing that takes the focus; it must be seen, and have the ring."""
        self.page.keyboard.press("Tab")
        focus = self.page.evaluate(FOCUS)
        if focus:
            assert focus["shown"], f"the focus is out of sight on {self.page.url}: {focus['html']}"
            assert focus["ringed"], f"the focus has no ring on {self.page.url}: {focus['html']}"
        return focus

    def tab_to(self, wanted, told):
        """Tabs until the wanted one has the focus. In the text the order goes down the page, never back up."""
        seen = []
        for _press in range(MOST_TABS):
            focus = self.tab()
            if focus is None:
                continue
            if focus["inMain"]:
                seen.append(focus)
            if wanted(focus):
                assert_goes_down(seen)
                return focus
        raise AssertionError(f"Tab does not reach {told} on {self.page.url}")

    def type(self, name, text):
        self.tab_to(lambda focus: focus["name"] == name, name)
        self.page.keyboard.type(text)

    def tick(self, name, value=None):
        """Space on a box or a radio button; arrows go to the radio button that is wanted."""
        focus = self.tab_to(lambda focus: focus["name"] == name, name)
        if focus["type"] == "radio":
            self.arrow_to(value)
        self.page.keyboard.press("Space")

    def arrow_to(self, value):
        for _press in range(10):
            if self.page.evaluate("document.activeElement.value") == value:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"no radio button {value} on {self.page.url}")

    def press(self, text):
        self.open(text, {"BUTTON"})

    def follow(self, text):
        self.open(text, {"A"})

    def open(self, text, tags):
        """Enter on what carries the text; the page that follows is waited for."""
        self.tab_to(lambda focus: focus["tag"] in tags and text in focus["text"] and focus["inMain"], text)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")


def assert_goes_down(seen):
    """The order of the focus follows the page; things on one row may differ by a row's height."""
    for before, after in pairwise(seen):
        assert after["top"] >= before["top"] - 60, f"the focus jumps up: {before['html']} → {after['html']}"
