"""The wheel brings the man page and the completions of three shells, made from the parser as it is built."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_SHARED = {
    "bash": "share/bash-completion/completions/enrich",
    "zsh": "share/zsh/site-functions/_enrich",
    "fish": "share/fish/vendor_completions.d/enrich.fish",
}


class Pages(BuildHookInterface[Any]):
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        try:
            from enrich.cli.arguments import whole_parser
            from enrich.cli.completing import script
            from enrich.cli.manual import man_page
            from enrich.version import VERSION
        finally:
            sys.path.remove(self.root)

        texts = {"share/man/man1/enrich.1": man_page(whole_parser(), VERSION)}
        texts |= {place: script(shell) for shell, place in _SHARED.items()}
        for place, text in texts.items():
            made = Path(self.root, "build", place)
            made.parent.mkdir(parents=True, exist_ok=True)
            made.write_text(text, encoding="utf-8", newline="\n")
            build_data["shared_data"][str(made)] = place
