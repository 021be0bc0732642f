"""
Led by coverage: libFuzzer, by way of `atheris`, which nobody has to install.
"""

from __future__ import annotations

import importlib
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.fuzz.targets import Target


def guide(target: Target, seconds: float) -> int:
    """Does not return where there is `atheris`: libFuzzer ends the process, with 77 at the first crash."""
    try:
        atheris = importlib.import_module("atheris")
    except ImportError:
        sys.exit("needs atheris: pip install atheris")
    atheris.instrument_all()
    corpus = Path(tempfile.mkdtemp(prefix="enrich-corpus-"))
    for number, seed in enumerate(target.seeds):
        (corpus / str(number)).write_bytes(seed)
    options = (f"-max_total_time={int(seconds)}", "-max_len=20000", "-timeout=20", "-rss_limit_mb=4096")
    atheris.Setup([sys.argv[0], *options, os.fspath(corpus)], target.take)
    atheris.Fuzz()
    return 0
