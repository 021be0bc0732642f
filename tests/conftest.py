"""Fixtures that every test may ask for by name."""

from __future__ import annotations

from tests.end_to_end.catalogues import catalogue as catalogue
from tests.internet.fixtures import (
    arxiv_internet as arxiv_internet,
)
from tests.internet.fixtures import (
    arxiv_library as arxiv_library,
)
from tests.internet.fixtures import (
    arxiv_records as arxiv_records,
)
from tests.internet.fixtures import (
    internet as internet,
)
from tests.internet.fixtures import (
    sample_internet as sample_internet,
)
