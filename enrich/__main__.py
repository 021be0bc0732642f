"""`python -m enrich`."""

from __future__ import annotations

import sys

from enrich.cli import main

sys.exit(main())
