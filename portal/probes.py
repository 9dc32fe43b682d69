"""What /readyz tells beside the database. An app may add a probe; none decides whether the site is ready."""

from collections.abc import Callable

PROBES: dict[str, Callable[[], str]] = {}


def register(name: str, probe: Callable[[], str]) -> None:
    """`probe()` gives a word, "up" or "down" or what stands in, within a second."""
    PROBES[name] = probe


def report() -> dict[str, str]:
    return {name: _asked(probe) for name, probe in PROBES.items()}


def _asked(probe):
    try:
        return probe()
    except Exception:  # a broken probe is news about its part, not about the site
        return "down"
