"""
The pictures of the documents: `python -m tests.docs.pictures`.

What the tutorial's commands show in a terminal with colours, as SVG that loads no font.
"""

from __future__ import annotations

import io
import re
import tempfile
from html import unescape
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from tests.docs.markdown import blocks
from tests.docs.playing import TUTORIAL, reader, small_internet
from tests.shared_data import ROOT

RUN = ROOT / "docs" / "pictures" / "run.svg"
_COMMANDS = ("enrich run", "git diff -U0 _publications/devlin2018bert.md")
_COLUMNS = 104
_THEME = TerminalTheme(
    background=(250, 250, 248),
    foreground=(36, 41, 47),
    normal=[
        (36, 41, 47),
        (179, 38, 30),
        (17, 99, 41),
        (125, 78, 0),
        (9, 80, 174),
        (130, 80, 223),
        (27, 124, 131),
        (110, 119, 129),
    ],
)
"""Readable on its own ground, whether the page is light or dark."""
_FORMAT = """\
<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{ font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: {char_height}px; line-height: {line_height}px; }}
{styles}
</style>
<defs>{lines}</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})">{backgrounds}<g class="{unique_id}-matrix">{matrix}</g></g>
</svg>
"""  # noqa: E501 - as SVG is written


def shown() -> str:
    """What the terminal shows, with its colours."""
    said = []
    with tempfile.TemporaryDirectory() as folder, small_internet() as internet:
        shell = reader(Path(folder), internet)
        shell.has_the_tutorials_catalogue()
        shell.environ |= {"FORCE_COLOR": "1", "GIT_CONFIG_COUNT": "1"}
        shell.environ |= {"GIT_CONFIG_KEY_0": "color.ui", "GIT_CONFIG_VALUE_0": "always"}
        for command in _COMMANDS:
            text, code = shell.types(command)
            assert code == 0, text
            said.append(f"$ {command}\n{text}")
    return "\n".join(said)


def svg(text: str) -> str:
    console = Console(record=True, width=_COLUMNS, file=io.StringIO(), force_terminal=True)
    console.print(Text.from_ansi(text), soft_wrap=False)
    made = console.export_svg(title="", theme=_THEME, code_format=_FORMAT, unique_id="run")
    return "".join(f"{line.rstrip()}\n" for line in made.splitlines())


def words(picture: str) -> str:
    """What can be read in *picture*, white space put aside."""
    found = re.findall(r"<text[^>]*>([^<]*)</text>", picture)
    return "".join("".join(map(unescape, found)).split())


def in_the_tutorial() -> str:
    """The lines that the picture shows of the tutorial's transcript of `enrich run`, likewise."""
    page = TUTORIAL.read_text(encoding="utf-8")
    (run, *_) = (block for block in blocks(page) if block.commands == ("enrich run",))
    return "".join(run.body.split())


if __name__ == "__main__":
    RUN.parent.mkdir(exist_ok=True)
    RUN.write_text(svg(shown()), encoding="utf-8", newline="\n")
