"""What /readyz tells beside the database. An app may register a probe; none decides whether the site is ready."""

from collections.abc import Callable
from dataclasses import dataclass

from accounts.registry import Registry


@dataclass(frozen=True)
class Probe:
    """`ask()` gives a word, "up" or "down" or what stands in, within a second."""

    name: str
    ask: Callable[[], str]


PROBES: Registry[Probe] = Registry()


def register(probe: Probe) -> Probe:
    return PROBES.register(probe)


def report() -> dict[str, str]:
    return {probe.name: _asked(probe) for probe in PROBES}


def _asked(probe: Probe) -> str:
    try:
        return probe.ask()
    except Exception:  # a broken probe is news about its part, not about the site
        return "down"
