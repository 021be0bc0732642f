"""The house stands: imports go to lower floors, or along the order inside one."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "enrich"

FLOORS = (
    ("errors", "patterns", "schemas", "version", "words"),
    ("text",),
    ("models", "globs"),
    ("identifiers", "links", "config"),
    ("naming", "pages", "bylines"),
    ("frontmatter",),
    ("catalogues", "matching", "provenance"),
    ("evidence",),
    ("rule",),
    ("identity", "checking", "archiving", "relinking", "resolution"),
    ("publication",),
    ("citations",),
    ("rules", "operations"),
    ("applying", "suppressions"),
    ("proposing", "composing"),
    ("planning",),
    ("http", "vcs"),
    ("sources", "files"),
    ("cache",),
    ("ledger", "mirror"),
    ("fetcher", "setting"),
    ("worker", "outcomes", "writing", "introduced", "reviewing"),
    ("duplicates",),
    ("engines",),
    ("reports", "progress"),
    ("network",),
    ("session",),
    ("calls",),
    ("cli",),
    ("__main__",),
)
"""From the ground up; what stands in one row does not import its neighbours."""

PURE = {name for row in FLOORS[:16] for name in row}
"""What has no hands; every branch of it is tested."""
FORBIDDEN_IN_THE_MIND = {
    "asyncio", "httpx", "httpcore", "io", "logging", "os", "pathlib", "random", "socket", "sqlite3",
    "subprocess", "tempfile", "threading", "time", "urllib.request",
}  # fmt: skip

MODULES = sorted(PACKAGE.rglob("*.py"))


def _room(path: Path) -> str:
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def _imports(path: Path) -> list[str]:
    names = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names += [f"{node.module}.{alias.name}" for alias in node.names]
    return names


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_go_down(path: Path) -> None:
    floor = {name: number for number, row in enumerate(FLOORS) for name in row}
    room = _room(path)
    if room == "__init__":
        pytest.skip("the package itself")

    ours = {name.split(".")[1] for name in _imports(path) if name.startswith("enrich.")} - {room}

    assert room in floor, f"{room} has no floor"
    assert {name for name in ours if floor[name] >= floor[room]} == set()


@pytest.mark.parametrize(
    "path", [path for path in MODULES if _room(path) in PURE], ids=lambda path: path.stem
)
def test_the_mind_has_no_hands(path: Path) -> None:
    imported = {
        name for full in _imports(path) for name in (full, full.split(".")[0], full.rsplit(".", 1)[0])
    }

    assert imported & FORBIDDEN_IN_THE_MIND == set()


def test_the_map_shows_every_room() -> None:
    lines = (PACKAGE / "README.md").read_text("utf-8").splitlines()
    table = " ".join(line.split("|")[1] for line in lines if line.startswith("| `"))
    rooms = {name for row in FLOORS for name in row} - {"__main__"}

    assert {name for name in rooms if f"`{name}`" not in table and f"`{name}/`" not in table} == set()


@pytest.mark.parametrize("path", sorted((PACKAGE / "rules").glob("*.py")), ids=lambda path: path.stem)
def test_rules_do_not_know_each_other(path: Path) -> None:
    if path.stem == "__init__":
        pytest.skip("the registry")

    assert [name for name in _imports(path) if name.startswith("enrich.rules")] == []
