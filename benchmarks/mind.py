"""
What an entry costs: the mind alone, and the peak memory of whole runs.

    python -m benchmarks.mind

The mind is everything pure: reading an entry, asking, planning, and verifying the
new text. Memory is that of the real program, offline, on catalogues of several
sizes whose records lie in a snapshot; that of the snapshot is listed apart.
"""

from __future__ import annotations

import hashlib
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.catalogue import RETRIEVED_AT, entry, records, write_catalogue
from enrich.catalogues.jekyll_links import JEKYLL_LINKS
from enrich.config import Config
from enrich.models import Answer, Ask, Document, Plan, RecordQuery
from enrich.planning import advance, context_for, open_entry

if TYPE_CHECKING:
    from enrich.rule import Context

SIZES = (1_000, 10_000)
CHILD = """
import resource, sys
from enrich.cli import main
sys.stdout = open("/dev/null", "w")
code = main(sys.argv[1:])
print(code, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, file=sys.stderr)
"""


def main() -> None:
    count = 3_000
    documents = [_document(entry(record, number), number) for number, record in enumerate(records(count))]
    answers = {
        RecordQuery("arxiv", record.id): Answer(
            RecordQuery("arxiv", record.id), record, "arxiv", RETRIEVED_AT, cached=True
        )
        for record in records(count)
    }
    context = context_for(Config(), JEKYLL_LINKS, RETRIEVED_AT.date())
    began = time.perf_counter()
    changes = sum(len(_plan(document, answers, context).written) for document in documents)
    spent = time.perf_counter() - began
    print(
        f"mind alone: {count / spent:,.0f} entries a second, "
        f"{1000 * spent / count:.2f} ms each, {changes:,} changes"
    )
    print(f"\n{'entries':>8} {'seconds':>8} {'peak MiB':>9}  enrich run --offline, every entry written")
    for size in SIZES:
        seconds, peak = _run(size)
        print(f"{size:>8,} {seconds:>8.1f} {peak:>9,}")
    print(f"this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024:,} MiB")


def _document(text: str, number: int) -> Document:
    return Document(f"_publications/entry{number}.markdown", text, hashlib.sha256(text.encode()).hexdigest())


def _plan(document: Document, known: dict[RecordQuery, Answer], context: Context) -> Plan:
    subject = open_entry(document, context)
    if isinstance(subject, Plan):
        return subject
    answers: dict[object, Answer] = {}
    while True:
        step = advance(subject, answers, context)  # type: ignore[arg-type]
        if isinstance(step, Plan):
            return step
        assert isinstance(step, Ask)
        answers |= {query: known[query] for query in step.queries if isinstance(query, RecordQuery)}


def _run(size: int) -> tuple[float, int]:
    """Seconds and peak MiB of one run of the program over *size* entries."""
    with tempfile.TemporaryDirectory() as folder:
        write_catalogue(Path(folder), size)
        began = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-c", CHILD, "run", "--offline", "--allow-no-vcs", "-q"],
            cwd=folder, capture_output=True, text=True, check=True,
        )  # fmt: skip
        spent = time.perf_counter() - began
    code, peak = done.stderr.split()[-2:]
    if code != "0":
        raise RuntimeError(done.stderr)
    return spent, int(peak)


if __name__ == "__main__":
    main()
