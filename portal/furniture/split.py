"""Money in shares that add up to the cent."""

from collections.abc import Sequence
from fractions import Fraction


def split(cents: int, weights: Sequence[int | Fraction], names: Sequence[str]) -> list[int]:
    """Whole cents for each name in proportion to its weight, in the order of entry; their sum is `cents`.

    Everybody gets the exact share rounded down; the cents left over go to the largest remainders, and between equal
    ones to the name that comes first in the order of characters. So the order of entry changes nobody's share, and
    nobody is off by a cent or more. Weights are exact, integers or Fractions, none negative. A negative sum is split
    as its amount is. Raises ValueError for names that occur twice, negative weights, or weights that are all nothing.
    """
    if len(weights) != len(names) or len(set(names)) != len(names):
        raise ValueError("each share needs a weight and a name of its own")
    if any(weight < 0 for weight in weights) or not sum(weights):
        raise ValueError("weights are not negative, and one at least is more than nothing")
    if any(isinstance(weight, float) for weight in weights) or not isinstance(cents, int):
        raise ValueError("cents and weights are exact numbers")
    total = sum(map(Fraction, weights))
    exact = [Fraction(abs(cents)) * weight / total for weight in weights]
    shares = [int(share) for share in exact]
    by_remainder = sorted(range(len(names)), key=lambda place: (shares[place] - exact[place], names[place]))
    for place in by_remainder[: abs(cents) - sum(shares)]:
        shares[place] += 1
    return shares if cents >= 0 else [-share for share in shares]
