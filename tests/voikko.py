"""Tests that need the Finnish dictionary, where it may be missing."""

import pytest

from search.analysis import voikko

needs_voikko = pytest.mark.skipif(voikko.load() is None, reason="Voikko is not on this machine")
