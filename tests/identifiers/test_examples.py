from __future__ import annotations

import datetime as dt
import doctest

import pytest

from enrich.identifiers import doi, reading, repairs, scheme


@pytest.mark.parametrize("module", [doi, reading, repairs, scheme])
def test_the_examples_in_the_docstrings_are_true(module: object) -> None:
    result = doctest.testmod(module, extraglobs={"dt": dt})  # type: ignore[arg-type]

    assert result.attempted > 0
    assert result.failed == 0
