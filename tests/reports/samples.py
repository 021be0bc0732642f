"""Runs to report, made by hand; the entries of the manual's transcripts among them."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from enrich.models import (
    Answer,
    Applicability,
    Change,
    Fault,
    Finding,
    Fix,
    Link,
    LinkCheck,
    LinkQuery,
    LinkStatus,
    LinkUse,
    Outcome,
    Place,
    PlacedLink,
    Reason,
    Record,
    RecordQuery,
    Result,
    Role,
    Run,
    Severity,
    State,
    Totals,
)
from enrich.reports import FORMATS, Page
from enrich.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

NAMES = MappingProxyType(
    {
        "FMT401": "invalid-yaml",
        "IDN201": "malformed-arxiv-id",
        "IDN203": "arxiv-id-mismatch",
        "LNK101": "broken-link",
        "LNK121": "malformed-url",
        "MET301": "missing-field",
        "MET310": "title-case-lost",
        "MET311": "author-name-mangled",
        "RUN601": "not-verified",
        "RUN602": "blocked",
        "RUN603": "suspect",
        "RUN604": "source-unavailable",
        "RUN605": "nothing-checked",
    }
)
PAGE = Page(NAMES, "1.0.0")
AT = dt.datetime(2027, 1, 15, 9, 12, 4, tzinfo=dt.UTC)
RUN = Run("run", "jekyll-links", None, AT)
CHECK = replace(RUN, command="check")
TOTALS = Totals(
    complete=True, exit_code=0, entries=1, seconds=4.21, requests=(("huggingface", 1), ("arxiv", 1))
)
GPT = "_publications/2024gpt.markdown"
GPT_LINE = "  {name: Paper, url: 'https://arxiv.org/abs/hf2410.21276'}]"
RECORD = Record(
    "arxiv",
    "2410.21276",
    "GPT-4o System Card",
    ("OpenAI", "Aaron Hurst", "Adam Lerer", "Adam P. Goucher"),
    published=dt.date(2024, 10, 25),
    updated=dt.date(2024, 10, 25),
    version=1,
    categories=("cs.CL", "cs.AI"),
)
FROM_ARXIV = Answer(RecordQuery("arxiv", "2410.21276"), RECORD, "arxiv", AT + dt.timedelta(seconds=1))


def render(
    name: str,
    run: Run,
    outcomes: Iterable[Outcome],
    totals: Totals,
    page: Page = PAGE,
    found: int | None = None,
) -> tuple[str, str]:
    """What the format *name* writes to its two streams."""
    out, err = io.StringIO(), io.StringIO()
    report = FORMATS[name](page, out, err)
    report.begin(run, totals.entries if found is None else found)
    for outcome in outcomes:
        report.entry(outcome)
    report.end(totals)
    return out.getvalue(), err.getvalue()


def both(texts: tuple[str, str]) -> str:
    """Two streams in one golden file."""
    return f"-- stdout\n{texts[0]}-- stderr\n{texts[1]}"


def fix(
    path: tuple[str | int, ...] = ("additional_links", 1, "url"),
    before: str | None = "https://arxiv.org/abs/hf2410.21276",
    after: str | None = "https://arxiv.org/abs/2410.21276",
    title: str = "remove the `hf` prefix",
    applicability: Applicability = Applicability.SAFE,
    source: str = "arxiv",
) -> Fix:
    return Fix(title, path, before, after, applicability, source, 1.0)


def change(rule: str, made: Fix, path: str = GPT, name: str = "f2e756fe") -> Change:
    return Change(name, path, rule, made)


def result(
    rule: str,
    message: str,
    *,
    path: str = GPT,
    place: Place | None = None,
    severity: Severity = Severity.ERROR,
    state: State = State.OPEN,
    made: Change | None = None,
    field: str = "",
    url: str | None = None,
    because: tuple[Answer, ...] = (),
    evidence: tuple[str, ...] = (),
    help_text: str = "",
    shown: Fix | None = None,
) -> Result:
    """*shown*: a fix that became no change."""
    finding = Finding(
        rule,
        message,
        None,
        field=field,
        url=url,
        because=because,
        evidence=evidence,
        help=help_text,
        fix=made.fix if made else shown,
        severity=severity,
    )
    return Result(path, finding, place, state, "43ff2b7747939c8e", made)


def place(source: str, marked: str, line: int = 1) -> Place:
    """Where *marked* stands in *source*."""
    column = source.index(marked) + 1
    return Place(line, column, column + len(marked), source)


def link(
    url: str,
    check: LinkCheck,
    *,
    line: int = 1,
    column: int = 1,
    path: tuple[str | int, ...] = ("additional_links", 0, "url"),
    answer: Answer | None = None,
) -> PlacedLink:
    role = Role.OTHER if path else Role.BODY
    use = LinkUse(Link(url, Span(0, len(url)), path, role), url, check, answer)
    return PlacedLink(use, Place(line, column, column + len(url), url))


def unverified(url: str, reason: Reason, *, cached: bool = False) -> PlacedLink:
    check = LinkCheck(LinkStatus.UNVERIFIED, reason.value, reason=reason)
    return link(url, check, answer=Answer(LinkQuery(url), check, "web", AT, cached))


REPAIR = change("IDN201", fix())
MALFORMED = result(
    "IDN201",
    "`hf2410.21276` is not an arXiv identifier",
    place=place(GPT_LINE, "hf2410.21276", 83),
    made=REPAIR,
    state=State.FIXED,
    field="additional_links[1].url",
    url="https://arxiv.org/abs/hf2410.21276",
    because=(FROM_ARXIV,),
    evidence=("arXiv 2410.21276 “GPT-4o System Card”", "title matches (score 1.00)", "419 of 419 authors"),
)
ADDED = change("MET301", fix(("arxiv_id",), None, "2410.21276", "add the identifier"), name="b7d4015e")
MISSING = result(
    "MET301",
    "arxiv_id is absent",
    place=Place(83, 1, 1, GPT_LINE),
    severity=Severity.INFO,
    state=State.FIXED,
    made=ADDED,
    field="arxiv_id",
    because=(FROM_ARXIV,),
)
WRITTEN = (
    REPAIR,
    *(change("MET301", fix((key,), None, "…"), name=f"{key:0<8}"[:8]) for key in ("aa", "bb", "cc")),
    change("MET310", fix(("title",), "Gpt-4o System Card", "GPT-4o System Card"), name="dd000000"),
    *(change("MET311", fix((key,), "Openai", "OpenAI"), name=f"{key:0<8}"[:8]) for key in ("ee", "ff")),
)
GPT_RUN = Outcome(GPT, (MALFORMED, MISSING), written=WRITTEN, lines_changed=14, lines_added=3)

GPT_LINKS = (
    link(
        "https://arxiv.org/abs/hf2410.21276",
        LinkCheck(LinkStatus.BROKEN, "not an arXiv identifier", fault=Fault.UNKNOWN_ID),
        line=83,
        column=23,
        path=("additional_links", 1, "url"),
    ),
    *(
        link(
            "https://huggingface.co/discussions/paper/672089d02e5ea49d9caa865d",
            LinkCheck(LinkStatus.OK, "200 OK", code=200),
            line=line,
            column=column,
            path=path,
            answer=Answer(
                LinkQuery("https://huggingface.co/discussions/paper/672089d02e5ea49d9caa865d"),
                LinkCheck(LinkStatus.OK, "200 OK", code=200),
                "web",
                AT + dt.timedelta(seconds=2),
            ),
        )
        for line, column, path in ((89, 1, ()), (82, 39, ("additional_links", 0, "url")))
    ),
)
GPT_CHECK = Outcome(
    GPT,
    (replace(MALFORMED, state=State.OPEN), replace(MISSING, state=State.OPEN)),
    links=GPT_LINKS,
    pending=(REPAIR, ADDED),
    records=(RECORD,),
)

NEW = "_publications/new2026paper.markdown"
RABIN = "_publications/rabin2019testing.markdown"
GONE_LINE = '  - {name: Code, url: "https://github.com/acme/gone"}'
HERE = change(
    "LNK101",
    fix(
        before="https://github.com/acme/gone",
        after="https://github.com/acme/here",
        title="point to acme/here",
        applicability=Applicability.UNSAFE,
        source="github",
    ),
    RABIN,
    "1f39b166",
)


def _absent(number: int) -> Result:
    made = change("MET301", fix((f"f{number}",), None, "x"), name=f"{number:08x}")
    return result(
        "MET301",
        f"field {number} is absent",
        path="_publications/only2020comment.markdown",
        place=Place(3, 1, 1, "title: A Title"),
        severity=Severity.INFO,
        made=made,
    )


PULL_REQUEST = (
    Outcome(
        RABIN,
        (
            result(
                "LNK101",
                "no repository acme/gone",
                path=RABIN,
                place=Place(8, 27, 55, GONE_LINE),
                made=HERE,
                field="additional_links[1].url",
                evidence=("this entry's text links acme/here, which exists",),
            ),
        ),
        links=(
            link("https://github.com/acme/gone", LinkCheck(LinkStatus.BROKEN, "gone", fault=Fault.GONE)),
            unverified("https://yuewen.cn/", Reason.BLOCKED),
        ),
        pending=(HERE,),
    ),
    Outcome(
        NEW,
        (
            result(
                "IDN203",
                "2410.21276 is another paper: “GPT-4o System Card”",
                path=NEW,
                place=Place(6, 47, 59, "  - {name: Paper, url: 'https://arxiv.org/abs/2410.21276'}"),
                evidence=("title score 0.49 is below 0.90", "this entry: “GPT-4o, 100% | a `test`”"),
                help_text="left for a person; not fixed",
            ),
        ),
        links=tuple(
            link(f"https://example.org/{number}", LinkCheck(LinkStatus.OK, "200 OK", code=200))
            for number in range(4)
        ),
    ),
    Outcome(
        "_publications/only2020comment.markdown",
        (
            *(_absent(number) for number in range(7)),
            result(
                "RUN602",
                "the host refuses automated requests",
                path="",
                severity=Severity.NOTICE,
                url="https://yuewen.cn/",
            ),
        ),
        pending=tuple(
            change("MET301", fix((f"f{number}",), None, "x"), name=f"{number:08x}") for number in range(7)
        ),
    ),
)
PULL_REQUEST_TOTALS = replace(TOTALS, exit_code=1, entries=3)


def catalogue() -> list[Outcome]:
    """4,722 entries as a first run finds them, counts as in the manual."""
    outcomes = [
        Outcome(f"_publications/{number}.md", (), written=(REPAIR,) * (18_302 // 4_698), lines_changed=1)
        for number in range(4_697)
    ]
    left = 18_302 - 4_697 * (18_302 // 4_698)
    outcomes.append(
        Outcome(
            "_publications/last.md",
            written=(ADDED,) * left,
            pending=(HERE,) * 192,
            lines_changed=5_012 - 4_697,
            lines_added=13_901,
            links=tuple(
                unverified(f"https://huggingface.co/{number}", Reason.TIMEOUT) for number in range(65)
            ),
            results=(
                *(result("LNK121", f"no address {number}") for number in range(18)),
                *(
                    result("RUN603", "failed", severity=Severity.NOTICE, url=f"https://example.org/{number}")
                    for number in range(28)
                ),
            ),
        )
    )
    return outcomes
