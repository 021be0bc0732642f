"""What a stranger can put into a catalogue costs its own entry, and nothing outside is touched."""

from __future__ import annotations

import os
import socket
from typing import TYPE_CHECKING

import pytest

from tests.end_to_end.queues import SNAPSHOT
from tests.shared_data import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from tests.end_to_end.catalogues import Catalogue

FENCED = "---\ntitle: A\n{}additional_links: []\n---\n"
LAUGHS = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{chr(98 + level)}: &{chr(98 + level)} [{', '.join([f'*{chr(97 + level)}'] * 10)}]\n"
    for level in range(12)
)
MERGES = "a: &a {x: 1}\n" + "".join(
    f"{chr(98 + level)}: &{chr(98 + level)} {{<<: [{', '.join([f'*{chr(97 + level)}'] * 10)}]}}\n"
    for level in range(12)
)
TEXTS = {
    "laughs": FENCED.format(LAUGHS),
    "merges": FENCED.format(MERGES),
    "long-title": FENCED.format(f"x: {'x' * 500_000}\n"),
    "deep": FENCED.format(f"x: {'[' * 100_000}{']' * 100_000}\n"),
    "deep-blocks": FENCED.format("".join(f"{' ' * level}a:\n" for level in range(1_000))),
    "deep-toml": f"+++\na = {'[' * 100_000}{']' * 100_000}\n+++\n",
    "many-keys": FENCED.format("".join(f"k{number}: v\n" for number in range(150_000))),
    "large": FENCED.format("") + "x" * 10_000_001,
    "brackets": FENCED.format("") + "[" * 100_000 + "> " * 20_000 + "<a href='" * 20_000,
    "zero": FENCED.format("x: \0\n"),
    "utf-16": FENCED.format("").encode("utf-16").decode("latin-1"),
    "empty": "",
}
NAMES = (
    "-rf.md",
    "--config=evil.toml.md",
    "a\nb\x1b[31m.md",
    "::error::x.md",
    "caf\udce9.md",
    " .md",
    "'$(id)'.md",
)


def special_files(folder: Path) -> None:
    os.mkfifo(folder / "pipe.md")
    (folder / "folder.md").mkdir()
    (folder / "loop").symlink_to(".")
    (folder / "itself.md").symlink_to("itself.md")
    (folder / "nowhere.md").symlink_to("nowhere")
    (folder / "endless.md").symlink_to("/dev/zero")
    with socket.socket(socket.AF_UNIX) as listening:
        place = os.open(folder, os.O_RDONLY)  # the path of a socket may have about a hundred characters
        try:
            listening.bind(f"/proc/self/fd/{place}/socket.md")
        finally:
            os.close(place)


@pytest.mark.skipif(not os.path.isdir("/proc/self/fd"), reason="needs Linux")  # noqa: PTH112
def test_the_others_are_repaired_and_nothing_outside_is_touched(catalogue: Catalogue, tmp_path: Path) -> None:
    catalogue.copy(ROOT / "examples")
    catalogue.write("enrich.toml", SNAPSHOT)
    catalogue.enrich("run", "--offline", "--allow-dirty")
    repaired = {path: text for path, text in catalogue.content().items() if path.startswith("_publications/")}
    catalogue.git("checkout", "--quiet", "--", ".")
    catalogue.git("clean", "-xdff", "--quiet", "-e", "enrich.toml")
    catalogue.write("enrich.toml", SNAPSHOT)
    outside = tmp_path / "outside"
    outside.mkdir()
    secret = outside / "secret.md"
    secret.write_bytes(repaired_input := (ROOT / "examples/_publications/2024gpt.markdown").read_bytes())
    folder = catalogue.root / "_publications"
    (folder / "out.md").symlink_to(secret)
    (folder / "outside").symlink_to(outside)
    special_files(folder)
    for name, text in TEXTS.items():
        (folder / f"{name}.md").write_bytes(text.encode("utf-8"))
    for name in NAMES:
        (folder / name).write_text(FENCED.format(""), encoding="utf-8")

    _, err = catalogue.outcome("run", "--offline", "--allow-dirty", "--output-format", "concise")

    assert "bug:" not in err
    assert "\x1b" not in err
    assert {path: (catalogue.root / path).read_bytes() for path in repaired} == repaired
    assert secret.read_bytes() == repaired_input
    assert {place.name for place in outside.iterdir()} == {"secret.md"}
    for name, text in TEXTS.items():
        assert (folder / f"{name}.md").read_bytes() == text.encode("utf-8")
    assert all((folder / name).read_text(encoding="utf-8") == FENCED.format("") for name in NAMES)


@pytest.mark.parametrize("name", ["-rf.md", "caf\udce9.md", "a\nb\x1b[31m.md"])
def test_a_file_of_any_name_is_repaired_and_taken_back(catalogue: Catalogue, name: str) -> None:
    catalogue.copy(ROOT / "examples")
    catalogue.write("enrich.toml", SNAPSHOT)
    text = (ROOT / "examples/_publications/2024gpt.markdown").read_bytes()
    place = catalogue.write(f"_publications/{name}", text)
    catalogue.commit()

    out, _ = catalogue.outcome("run", "--offline", "--", f"_publications/{name}")
    written = place.read_bytes()
    catalogue.enrich("undo")

    assert "Wrote" in out
    assert "\x1b" not in out
    assert b"hf2410.21276" not in written
    assert place.read_bytes() == text
