from __future__ import annotations

import datetime as dt
import json
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.identifiers import ArxivId, arxiv_span, means_arxiv, read_arxiv_id, repair_candidates
from tests.identifiers.strategies import TODAY, ids, new_style, old_style
from tests.shared_data import shared


def _rows(tier: str) -> list[dict[str, str]]:
    lines = shared("corpus", "arxiv_ids.jsonl").read_text("utf-8").splitlines()
    return [row for row in map(json.loads, lines) if row["tier"] == tier]


# -- real and known spellings ----------------------------------------------------------------


def test_every_known_exact_spelling_reads_as_the_identifier_that_is_meant() -> None:
    wrong = []
    for row in _rows("exact"):
        reading = read_arxiv_id(row["raw"], today=TODAY)
        version = int(row["version"][1:]) if row["version"] else None
        if reading is None or reading.arxiv != ArxivId(row["expected"], version):
            wrong.append((row["raw"], reading))

    assert wrong == []


def test_no_known_text_without_an_identifier_is_read() -> None:
    read = [row["raw"] for row in _rows("none") if read_arxiv_id(row["raw"], today=TODAY)]

    assert read == []


def test_no_known_mangled_identifier_is_read_as_it_stands() -> None:
    read = [row["raw"] for row in _rows("repair") if read_arxiv_id(row["raw"], today=TODAY)]

    assert read == []


def test_most_kinds_have_the_names_that_the_data_gives_them() -> None:
    rows = _rows("exact")

    named = sum(row["kind"] == getattr(read_arxiv_id(row["raw"], today=TODAY), "kind", "") for row in rows)

    assert named / len(rows) > 0.98


# -- wrappings -------------------------------------------------------------------------------

WRAPPINGS = [
    "https://arxiv.org/abs/{}",
    "http://arxiv.org/abs/{}",
    "HTTPS://WWW.ARXIV.ORG/ABS/{}",
    "https://arxiv.org/pdf/{}.pdf",
    "https://arxiv.org/pdf/{}.pdf#page=3",
    "https://arxiv.org/html/{}/",
    "https://arxiv.org/e-print/{}",
    "https://arxiv.org/abs/{}?context=cs.LG",
    "https://arxiv.org/abs/{}#abstract",
    "https://arxiv.org/abs/arXiv:{}",
    "https://arxiv.org/{}",
    "https://export.arxiv.org/abs/{}",
    "http://de.arxiv.org/abs/{}",
    "http://xxx.lanl.gov/abs/{}",
    "arxiv.org/abs/{}",
    "//arxiv.org/abs/{}",
    "https:/arxiv.org/abs/{}",
    "htps://arxiv.org/abs/{}",
    "https//arxiv.org/abs/{}",
    "http://https://arxiv.org/abs/{}",
    "https: //arxiv.org/ abs/ {}",
    "https://arxiv.org/abs/http://arxiv.org/abs/{}",
    "https://arxiv.org:443/abs/{}",
    "https://web.archive.org/web/20240101000000/https://arxiv.org/abs/{}",
    "https://huggingface.co/papers/{}",
    "https://www.alphaxiv.org/abs/{}",
    "https://ar5iv.labs.arxiv.org/html/{}",
    "https://ui.adsabs.harvard.edu/abs/arXiv:{}/abstract",
    "https://api.semanticscholar.org/arXiv:{}",
    "https://scirate.com/arxiv/{}",
    "10.48550/arXiv.{}",
    "doi:10.48550/arXiv.{}",
    "https://doi.org/10.48550/ARXIV.{}",
    "arXiv:{}",
    "arxiv: {}",
    "ArXiv {}",
    "arXiv preprint {}",
    "arXiv.org:{}",
    "oai:arXiv.org:{}",
    "arXiv:{} [cs.CL] 6 Dec 2017",
    "A. Author. A title. arXiv preprint arXiv:{}, 2024.",
    "A title, CoRR abs/{}",
    "abs/{}",
    "{}",
    "{}.pdf",
    " {}\n",
    "[{}]",
    "({}),",
    "`{}`",
    "“{}”",
    "{}。",
    "eprint = {{{}}},",
    '"arxiv_id": "{}"',
    "<https://arxiv.org/abs/{}>",
    "(https://arxiv.org/abs/{}).",
    "**https://arxiv.org/abs/{}**",
    "[paper](https://arxiv.org/abs/{})",
    "[https://arxiv.org/abs/{0}](https://arxiv.org/abs/{0})",
    "[{0}](https://arxiv.org/abs/{0})",
    '<a href="https://arxiv.org/abs/{}">paper</a>',
    "\\url{{https://arxiv.org/abs/{}}}",
    "\\href{{https://arxiv.org/abs/{}}}{{paper}}",
    "https://arxiv.org/abs/{}）：原始论文",
    "https://arxiv．org／abs／{}",
    "https://arxiv.org/abs/{}\u200b",
    "https%3A%2F%2Farxiv.org%2Fabs%2F{}",
]


@given(ids, st.one_of(st.none(), st.integers(1, 99)), st.sampled_from(WRAPPINGS))
def test_a_wrapped_identifier_reads_back_and_its_place_is_known(
    text: str, version: int | None, wrapping: str
) -> None:
    arxiv = ArxivId(text, version)
    wrapped = wrapping.format(arxiv)

    reading = read_arxiv_id(wrapped, today=TODAY)

    assert reading is not None
    assert reading.arxiv == arxiv
    assert reading.span.of(wrapped) == str(arxiv)
    assert arxiv_span(wrapped) == reading.span
    assert repair_candidates(wrapped, today=TODAY, max_tier=6) == ()


@given(new_style)
def test_full_width_and_encoded_identifiers_read_and_span_what_they_are_written_with(text: str) -> None:
    wide = text.translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)})
    encoded = text.replace(".", "%2E")
    split = text.replace(".", ".\u200b")

    for written in (wide, encoded, split):
        reading = read_arxiv_id(f" {written} ", today=TODAY)

        assert reading is not None
        assert (reading.arxiv.id, reading.span.start, reading.span.end) == (text, 1, 1 + len(written))


@given(new_style)
def test_a_bibcode_and_a_dblp_key_hold_the_identifier_without_its_dot(text: str) -> None:
    yymm, number = text.split(".")
    bibcode = f"20{yymm[:2]}arXiv{text if len(number) == 4 else yymm + number}A"
    spellings = (
        (bibcode, "ads-bibcode"),
        (f"https://ui.adsabs.harvard.edu/abs/{bibcode}/abstract", "ads-bibcode"),
        (f"https://dblp.org/rec/journals/corr/abs-{yymm}-{number}.bib", "dblp-key"),
        (f"DBLP:journals/corr/abs-{yymm}-{number}", "dblp-key"),
        (f"https://img.shields.io/badge/arXiv-{text}-b31b1b.svg", "badge"),
        (f"https://arxiv.org/ftp/arxiv/papers/{yymm}/{text}.pdf", "ftp-path"),
    )

    for written, kind in spellings:
        reading = read_arxiv_id(written, today=TODAY)

        assert reading is not None
        assert (reading.arxiv.id, reading.kind) == (text, kind)


@given(old_style)
def test_old_identifiers_are_found_in_dblp_keys_and_ftp_paths(text: str) -> None:
    archive, digits = text.split("/")
    key = f"journals/corr/{archive}-LG-{digits}"
    path = f"https://arxiv.org/ftp/{archive}/papers/{digits[:4]}/{digits}.pdf"

    for written in (key, path):
        reading = read_arxiv_id(written, today=TODAY)

        assert reading is not None
        assert reading.arxiv == ArxivId(text)
        assert reading.span.of(written).endswith(digits)


# -- what must not be read -------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "https://arxiv.org.evil.example/abs/1706.03762",
        "https://notarxiv.org/abs/2410.21276",
        "socarxiv.org/abs/2410.21276",
        "https://evil.example/arxiv.org/abs/2410.21276",
        "https://evil.example/?u=arXiv:2410.21276",
        "https://user@arxiv.org/abs/2410.21276",
        "https://www.google.com/url?q=https://arxiv.org/abs/1706.03762&sa=D",
        "https://arxiv.org/abs/1706.03762/..",
        "https://arxiv.org/html/1706.03762/../../abs/2410.21276",
        "https://arxiv.org/list/cs/2410.21276",
        "https://arxiv.org/search/?query=2410.21276",
        "arXiv:2410.21276 and arXiv:2405.04434",
        "arXiv:2410.21276v1 (was arXiv:2410.21276v2)",
        "https://arxiv.org/abs/2410.21276 https://github.com/a/b",
        "# paperurl: https://arxiv.org/abs/2410.21276",
        "% arXiv:2410.21276",
        "2410.21276 is the price",
        "EUR 1706.03762",
        "192.168.2410.21276",
        "12410.21276",
        "2410.212761",
        "arXiv:2410.21276/x",
        "https://arxiv.org/abs/2410.21276x",
        "https://arxiv.org/abs/2410.21276.v2",
        "https://arxiv.org/abs/2410.21276,2017",
        "https://arxiv.org/abs/2612.00001",
        "https://export.arxiv.org/pdf/2612.00001v2.pdf",
        "arXiv:2612.00001",
        "2024arXiv241300001A",
        "2024arXiv2410.21276A",  # a bibcode of 20 characters
        "papers/2410.21276.pdf",
        "socarXiv:2410.21276",
        "0112019",
        "Attention is all you need",
        "",
    ],
)
def test_what_is_not_unambiguously_an_identifier_is_not_read(text: str) -> None:
    assert read_arxiv_id(text, today=TODAY) is None


def test_an_encoded_text_without_an_identifier_is_not_read() -> None:
    assert read_arxiv_id("https://example.org/a%20b", today=TODAY) is None


def test_the_same_identifier_twice_is_one_identifier() -> None:
    reading = read_arxiv_id("arXiv:2410.21276 (https://arxiv.org/abs/2410.21276v2)", today=TODAY)

    assert reading is not None
    assert reading.arxiv == ArxivId("2410.21276", 2)


def test_an_identifier_of_next_month_is_read_once_the_month_has_come() -> None:
    url = "https://arxiv.org/abs/2612.00001"

    assert read_arxiv_id(url, today=dt.date(2026, 11, 30)) is None
    assert read_arxiv_id(url, today=dt.date(2026, 12, 1)) is not None


# -- addresses and kinds ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "kind", "is_address"),
    [
        ("https://arxiv.org/abs/2410.21276", "canonical", True),
        ("https://arxiv.org/abs/2410.21276v2", "abs-version", True),
        ("https://arxiv.org/pdf/2410.21276v2.pdf", "pdf-version-ext", True),
        ("http://export.arxiv.org/pdf/2410.21276", "http-export-pdf", True),
        ("https://arxiv.org/html/2410.21276v1/x1.png", "html-version", True),
        ("https://arxiv.org/abs/2410.21276.pdf", "abs-with-pdf-ext", True),
        ("https://arxiv.org/abs/2410.21276/", "trailing-slash", True),
        ("https://arxiv.org/abs/cs.CL/0409058", "old-style-class", True),
        ("https://arxiv.org/abs/cs/0409058", "old-style-url", True),
        ("https://arxiv.org/format/2410.21276", "other-arxiv-path", True),
        ("https://arxiv.org/ps/2410.21276", "other-arxiv-path", False),
        ("https://arxiv.org/pdf/2410.21276.pdf/", "other-arxiv-path", False),
        ("https://Arxiv.org/abs/2410.21276", "host-case", True),
        ("https://arxiv.org/ABS/2410.21276", "upper-case-url", False),
        ("https://arxiv.org/2410.21276", "no-path-kind", False),
        ("https://doi.org/10.48550/arXiv.2410.21276", "arxiv-doi", False),
        ("CoRR abs/2410.21276", "dblp-corr", False),
        ("eprint = {2410.21276}", "bibtex-field", False),
        ("2410.21276v1.pdf", "file-name", False),
        ("[2410.21276]", "bracketed-id", False),
        ("“2410.21276”", "fullwidth", False),
        ("`2410.21276`", "quotes", False),
        ("abs/2410.21276", "path-only", False),
        ("arXiv:2410.21276v5 [cs.CL] 6 Dec 2024", "margin-stamp", False),
        ("Preprint arXiv:2410.21276, 2024", "citation-text", False),
        ("https://web.archive.org/web/2020/https://arxiv.org/abs/2410.21276", "archived", False),
        ("https://arxiv.org/abs/2410.21276.", "trailing-punctuation", False),
        ("https://arxiv.org/abs/2410.21276)", "trailing-bracket", False),
        (" https://arxiv.org/abs/2410.21276", "whitespace", False),
        ("see https://arxiv.org/abs/2410.21276 for it", "citation-text", False),
        ("https://arxiv.org/pdf/2410.21276.pdf.pdf", "double-ext", False),
        ("http://cn.arxiv.org/abs/2410.21276", "old-host", False),
        ("https://huggingface.co/papers/2410.21276", "mirror-hf-papers", False),
        ("2410.21276,", "trailing-punctuation", False),
        ("cs.CL/0409058", "old-style-class", False),
        ("cs/0409058v1", "old-style-version", False),
        ("cs/0409058", "old-style-bare", False),
        ("arXiv:cs/0409058v1", "old-style-arXiv-colon-version", False),
        ("arXiv:abs/2410.21276", "arXiv-colon-abs", False),
        ("arXiv:2410.21276 [cs.CL]", "margin-stamp", False),
        ("'2410.21276'", "quotes", False),
        ("\t2410.21276", "whitespace", False),
    ],
)
def test_the_kind_says_how_it_is_written_and_whether_the_address_needs_mending(
    text: str, kind: str, *, is_address: bool
) -> None:
    reading = read_arxiv_id(text, today=TODAY)

    assert reading is not None
    assert (reading.kind, reading.is_address) == (kind, is_address)


def test_a_reading_survives_pickling_and_can_be_a_key() -> None:
    reading = read_arxiv_id("arXiv:2410.21276v2", today=TODAY)

    assert {pickle.loads(pickle.dumps(reading)): 1}[reading] == 1


# -- is one meant? ---------------------------------------------------------------------------


def test_known_texts_with_an_identifier_are_meant_for_arxiv() -> None:
    assert [row["raw"] for row in _rows("exact") + _rows("repair") if not means_arxiv(row["raw"])] == []


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("https://arxiv.org/abs/TODO", "TODO"),
        ("https://arxiv.org/abs/{paper_id}", "{paper_id}"),
        ("https://arxiv.org/pdf/", "https://arxiv.org/pdf/"),
        ("https://arxiv.org/abs/2410.2127612?x=1", "2410.2127612"),
        ("https://arxiv.org/abs/1706.03762/..", "1706.03762/.."),
        ("https://arxiv.org/abs/4512.00001", "4512.00001"),
        ("[paper](https://arxiv.org/abs/hf2410.21276)", "hf2410.21276"),
        ("\\url{https://arxiv.org/abs/hf2410.21276}", "hf2410.21276"),
        ("https://huggingface.co/papers/hf2410.21276", "hf2410.21276"),
        ("https://doi.org/10.48550/arXiv.hf2410.21276", "hf2410.21276"),
        ("10.48550/arXiv.2410,21276", "2410,21276"),
        ("arXiv:2410,21276", "2410,21276"),
        ("https://arvix.org/abs/2410.21276", "2410.21276"),
        ("https://arxiv..org/abs/2410.21276", "2410.21276"),
        ("https://arxiv.rog/abs/2410.21276", "2410.21276"),
        ("https://arxiv/abs/2410.21276", "2410.21276"),
        ("https://arxiv.org/asb/2410.21276", "asb/2410.21276"),
        ("1713.03762", "1713.03762"),
        ("2410.2127", "2410.2127"),
    ],
)
def test_the_place_of_what_is_meant_is_found_even_past_repair(text: str, place: str) -> None:
    span = arxiv_span(text)

    assert means_arxiv(text)
    assert span is not None
    assert span.of(text) == place


@pytest.mark.parametrize(
    "text",
    [
        "https://arxiv.org/",
        "https://arxiv.org/list/cs.CL/recent",
        "https://arxiv.org/list/cs/2410.21276",
        "https://arxiv.org/search/?query=2410.21276&searchtype=all",
        "https://arxiv.org/a/0000-0002-1234-5678",
        "https://arxiv.org/year/cs.CL/24",
        "https://info.arxiv.org/help/arxiv_identifier.html",
        "https://arxiv.org/abs/https: //ai.nejm.org/doi/pdf/10.1056/AIdbp2500418",
        "https://charxiv.github.io/",
        "https://vixra.org/abs/1706.0376",
        "https://marxiv.org/abs/1706.03762",
        "https://arxiv.org.evil.example/abs/1706.03762",
        "https://arxiv.example/abs/1706.03762",
        "https://a.b.arvix.org/abs/1706.03762",
        "https://arxiv.com/about",
        "https://huggingface.co/papers/trending",
        "https://huggingface.co/papers/date/2024-10-22",
        "https://huggingface.co/discussions/paper/67207abdd9e8b7a75988e60c",
        "https://doi.org/10.1145/3240508.3240547",
        "10.1145/3240508.3240547",
        "arXiv",
        "arXiv: to appear",
        "arXiv:cs.CL",
        "arXiv:?123456",
        "arXiv:https://example.org/123456",
        "1409-1417",
        "20241022",
        "192.168.2410.21276",
        "0112019",
        "TBD",
        "a" * 3000,
        "",
    ],
)
def test_what_is_meant_for_something_else_has_no_place_and_no_candidates(text: str) -> None:
    assert not means_arxiv(text)
    assert arxiv_span(text) is None
    if text != "1409-1417":  # a range of pages, unless it stands where an identifier should
        assert repair_candidates(text, today=TODAY, max_tier=6) == ()
