"""Texts in the place of an address, of any kind: each costs one finding at most, and never the run."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.internet import Internet

if TYPE_CHECKING:
    from tests.end_to_end.catalogues import Catalogue

KNOWN = (
    "https://ngc.nvidia.com]", "https://[::1", "http://[", "https://]/", "https://", "https:///",
    "https://a..b/", "http://a.org:port/", "http://a.org:99999999999/", "http://a.org:-1/",
    "https://\ud800.org/", "https://a.org/\udfff", "\ud83d", "https://a.org/\x00", "\x00",
    "https://a\x00.org/", "https://a.org/\x1b[31m\x07", "https://a.org/\u202e",
    "https://" + "a" * 100_000 + ".org/", "https://a.org/" + "a" * 100_000,
    "https://a.org/?" + "[" * 100_000, "https://a.org/#" + "%" * 100_000,
    "https://" + "a." * 50_000 + "org/", "https://a.org/" + "../" * 30_000, "https://a.org/%",
    "https://a.org/%zz", "https://%", "https://%00.org/", "https://a.org\\b", "https:\\\\a.org",
    "https://a.org/a b", "https://a.org/a\tb", "https://a.org/a\r\nb", "\nhttps://a.org/",
    "https://https://a.org/", "https://u:p@a.org@b.org/", "https://@/", "https://:80/", "https://?",
    "https://#", "//", "///a", "https:a.org", "https://xn--/", "https://xn--a-.org/",
    "https://\u2100.org/", "https://\uff0e/", "https://a\u3002org/", "https://-a.org/",
    "https://a-.org/", "https://1.2.3/", "https://1.2.3.256/", "https://0x.0x/", "https://999999999999/",
    "https://a.org/<b>", "https://a.org/`", "https://a.org/{{ page.url }}", "{% link a %}",
    "javascript:alert(1)", "https://a.org/::error::x", "##[error]x", "%0A::error::x", "=1+1",
    "\ufeffhttps://a.org/", "https://a.org/\ufffe", "arXiv:", "https://arxiv.org/abs/",
    "https://arxiv.org/abs/" + "9" * 5_000, "https://doi.org/", "doi:10./",
    "https://doi.org/10.1000/" + "(" * 5_000, "https://github.com//",
    "https://github.com/a/" + "b" * 5_000,
)  # fmt: skip
TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=[]), max_size=60),
    st.text(st.characters(exclude_categories=[]), max_size=60).map("https://{}".format),
    st.text(st.sampled_from("[]()<>{}@:/?#%\\.0123456789abx-_~\x00\ud800\u202e é"), max_size=40).map(
        "https://{}".format
    ),
    st.tuples(st.sampled_from(KNOWN), st.text(max_size=5), st.integers(0, 30)).map(
        lambda parts: parts[0][: parts[2]] + parts[1] + parts[0][parts[2] :]
    ),
)
SHORT = (
    "--set", "links.timeout=1s", "--set", "links.retry=0", "--set", "links.archive=off",
    "--set", "sources.arxiv.pace=0s", "--set", "sources.doi.pace=0s", "--set", "network.concurrency=64",
    "--fail-on", "never",
)  # fmt: skip


def write(catalogue: Catalogue, texts: list[str]) -> None:
    for number, text in enumerate(texts):
        link = json.dumps(text)  # every character by its escape, as YAML reads it too
        header = f"---\ntitle: A\nadditional_links:\n  - {{name: Code, url: {link}}}\n---\n"
        catalogue.write(f"_publications/{number:03}.md", header)
        body = f'See {text}, [it]({text}), <{text}> and <a href="{text}">it</a>.\n'
        content = f"---\ntitle: A\nadditional_links: []\n---\n{body}".encode("utf-8", "replace")
        catalogue.write(f"_publications/{number:03}-body.md", content)


def check(catalogue: Catalogue, texts: list[str]) -> None:
    write(catalogue, texts)

    with Internet(everything_else="ok") as internet:
        catalogue.on(internet)
        out, err = catalogue.outcome("check", *SHORT, "--output-format", "json")

    report = json.loads(out)
    assert "bug:" not in err
    assert report["tool"]["complete"] is True
    assert report["summary"]["entries"] == 2 * len(texts)
    linked = {place["path"] for link in report["links"] for place in link["entries"]}
    found = [finding["path"] for finding in report["findings"] if finding["path"]]
    for number in range(len(texts)):
        path = f"_publications/{number:03}.md"
        assert path in linked or path in found, texts[number]
        assert found.count(path) <= 1, [f for f in report["findings"] if f["path"] == path]


def test_what_is_known_to_be_hard_costs_one_finding(catalogue: Catalogue) -> None:
    check(catalogue, list(KNOWN))


@settings(max_examples=1, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(texts=st.lists(TEXTS.filter(str.strip), min_size=100, max_size=100))
def test_a_hundred_of_any_kind_cost_one_finding_each(catalogue: Catalogue, texts: list[str]) -> None:
    check(catalogue, texts)
