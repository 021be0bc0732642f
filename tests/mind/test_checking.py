"""Who is asked about which link, what is judged without asking, and when broken is believed."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich import checking
from enrich.evidence import Evidence
from enrich.models import (
    Answer,
    Failure,
    Fault,
    History,
    Hop,
    Link,
    LinkCheck,
    LinkQuery,
    LinkStatus,
    LinkUse,
    NotFound,
    Query,
    Reason,
    RecordQuery,
    Role,
)
from enrich.text import Span
from tests.mind.entries import CARD, NOW, context, entry, known, told, works

GONE = LinkCheck(LinkStatus.BROKEN, "404 Not Found", fault=Fault.GONE, code=404)
CARD_QUERY = RecordQuery("arxiv", CARD.id)


def asked(url: str, toml: str = "") -> tuple[Query, ...]:
    """What must be known of an entry that links *url*."""
    evidence = Evidence({})
    checking.link_uses(entry(f"additional_links: [{{name: Paper, url: '{url}'}}]\n"), evidence, context(toml))
    return evidence.wanted


def use_of(url: str, answers: dict[Query, Answer] | None = None, toml: str = "") -> LinkUse:
    """What is known of *url*, without any question left."""
    evidence = Evidence(answers or {})
    header = f"additional_links: [{{name: Paper, url: '{url}'}}]\n"
    (use,) = checking.link_uses(entry(header), evidence, context(toml))
    assert evidence.wanted == ()
    return use


# -- who is asked ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "query"),
    [
        ("https://a.org/x", LinkQuery("https://a.org/x")),
        ("HTTP://A.org:80", LinkQuery("http://a.org/")),
        ("https://a.org/x#part", LinkQuery("https://a.org/x")),
        ("https://arxiv.org/abs/2410.21276", CARD_QUERY),
        ("http://www.arxiv.org/pdf/2410.21276v3.pdf", CARD_QUERY),
        ("https://export.arxiv.org/abs/2410.21276", CARD_QUERY),
        ("arXiv:2410.21276", CARD_QUERY),
        ("2410.21276", CARD_QUERY),
        ("https://ar5iv.org/abs/2410.21276", LinkQuery("https://ar5iv.org/abs/2410.21276")),
        ("https://huggingface.co/papers/2410.21276", LinkQuery("https://huggingface.co/papers/2410.21276")),
        ("https://doi.org/10.48550/arXiv.2410.21276", LinkQuery("https://doi.org/10.48550/arXiv.2410.21276")),
        ("https://notarxiv.org/abs/2410.21276", LinkQuery("https://notarxiv.org/abs/2410.21276")),
    ],
)
def test_arxiv_pages_are_asked_of_the_registry_and_all_else_where_it_lies(url: str, query: Query) -> None:
    assert asked(url) == (query,)


def test_a_slip_that_arxiv_forgives_is_asked_for_as_what_arxiv_shows() -> None:
    assert asked("https://arxiv.org/abs/0704.001") == (RecordQuery("arxiv", "0704.0001"),)


def test_an_address_that_stands_twice_is_asked_for_once() -> None:
    evidence = Evidence({})
    header = "additional_links: [{name: A, url: 'https://a.org/'}, {name: B, url: 'https://a.org/#b'}]\n"

    checking.link_uses(entry(header, body="https://a.org\n"), evidence, context())

    assert evidence.wanted == (LinkQuery("https://a.org/"),)


def test_an_excluded_host_is_not_asked_and_a_star_means_its_subdomains() -> None:
    toml = '[links]\nexclude = ["linkedin.com", "*.x.org"]'

    assert use_of("https://linkedin.com/in/x", toml=toml).check == LinkCheck(
        LinkStatus.EXCLUDED, "left out by `links.exclude`"
    )
    assert use_of("https://a.x.org/", toml=toml).check.status is LinkStatus.EXCLUDED
    assert asked("https://x.org/", toml) == (LinkQuery("https://x.org/"),)


def test_an_excluded_host_does_not_keep_arxiv_from_being_asked_for_records() -> None:
    assert asked("https://arxiv.org/abs/2410.21276", '[links]\nexclude = ["arxiv.org"]') == (CARD_QUERY,)


@pytest.mark.parametrize(
    ("url", "status"),
    [
        ("https://old.org/a.pdf", LinkStatus.EXCLUDED),
        ("https://www.x.org/", LinkStatus.EXCLUDED),
        ("https://other.org/", LinkStatus.EXCLUDED),
    ],
)
def test_patterns_of_hosts_and_addresses_say_what_is_left_out(url: str, status: LinkStatus) -> None:
    toml = '[links]\ninclude = ["https://old.org/*", "*.x.org"]\nexclude = ["*://old.org/*.pdf", "www.x.org"]'

    assert use_of(url, toml=toml).check.status is status
    assert asked("https://old.org/a.html", toml) == (LinkQuery("https://old.org/a.html"),)


MIRROR = '[links.remap]\n"https://a.org/*" = "https://mirror.org/a/*"'


def through_mirror(check: LinkCheck) -> LinkCheck:
    """What is said of https://a.org/x, where its mirror gave *check*."""
    query = LinkQuery("https://mirror.org/a/x")
    use = use_of("https://a.org/x", {query: Answer(query, check, "web", NOW)}, MIRROR)
    assert use.url == "https://a.org/x"
    return use.check


def test_a_remapped_address_is_asked_elsewhere_and_reported_as_it_is_linked() -> None:
    assert asked("https://a.org/x#part", MIRROR) == (LinkQuery("https://mirror.org/a/x"),)
    assert through_mirror(GONE) == GONE


def test_what_moved_on_a_mirror_moved_where_it_is_linked() -> None:
    chain = (Hop("https://mirror.org/a/x", 301), Hop("https://mirror.org/a/y", 200))
    moved = LinkCheck(LinkStatus.MOVED, "moved permanently", final_url=chain[-1].url, chain=chain)

    check = through_mirror(moved)

    assert (check.status, check.final_url) == (LinkStatus.MOVED, "https://a.org/y")
    assert [hop.url for hop in check.chain] == ["https://a.org/x", "https://a.org/y"]


def test_a_page_of_the_mirror_alone_is_never_proposed() -> None:
    chain = (Hop("https://mirror.org/a/x", 301), Hop("https://mirror.org/login", 200))
    moved = LinkCheck(LinkStatus.MOVED, "moved permanently", final_url=chain[-1].url, chain=chain)

    assert through_mirror(moved).status is LinkStatus.REDIRECTED


def test_a_remap_opens_no_way_to_private_addresses() -> None:
    preview = '[links.remap]\n"https://a.org/*" = "http://localhost:4000/*"\n'

    assert use_of("https://a.org/x", toml=preview).check.status is LinkStatus.EXCLUDED
    assert asked("https://a.org/x", preview + "[network]\ndeny-private = false") == (
        LinkQuery("http://localhost:4000/x"),
    )
    for url in ("https://*.m.org/", "https://arxiv.org/abs/*"):
        remap = f'[links.remap]\n"https://a.org/*" = "{url}"'
        assert use_of("https://a.org/b:1", toml=remap).check.status is LinkStatus.EXCLUDED


def test_what_another_rule_wants_to_know_is_asked_by_the_same_patterns() -> None:
    remapping = context(MIRROR)

    assert checking.web_query("https://a.org/x", remapping) == LinkQuery("https://mirror.org/a/x")
    assert checking.web_query("https://a.org/x", context('[links]\ninclude = ["b.org"]')) is None


# -- what is judged without asking -----------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "status", "fault"),
    [
        ("https://arxiv.org/list/cs.CL/recent", LinkStatus.EXCLUDED, None),
        ("https://info.arxiv.org/help/", LinkStatus.EXCLUDED, None),
        ("http://localhost:4000/a", LinkStatus.EXCLUDED, None),
        ("http://192.168.1.1/", LinkStatus.EXCLUDED, None),
        ("mailto:ann@b.org", LinkStatus.UNSUPPORTED, None),
        ("ftp://a.org/x", LinkStatus.UNSUPPORTED, None),
        ("/assets/a/", LinkStatus.UNSUPPORTED, None),
        ("#", LinkStatus.UNSUPPORTED, None),
        ("TODO", LinkStatus.UNSUPPORTED, None),
        ("https://example.com/x", LinkStatus.UNSUPPORTED, None),
        ("https://", LinkStatus.UNSUPPORTED, None),
        ("https:/a b", LinkStatus.BROKEN, Fault.NOT_A_URL),
        ("htps://a.org/", LinkStatus.BROKEN, Fault.NOT_A_URL),
        ("www.a.org/x", LinkStatus.BROKEN, Fault.NOT_A_URL),
        ("see https://a.org/", LinkStatus.BROKEN, Fault.NOT_A_URL),
        ("https://arxiv.org/abs/TODO", LinkStatus.BROKEN, Fault.UNKNOWN_ID),
        ("https://arxiv.org/abs/hf2410.21276", LinkStatus.BROKEN, Fault.UNKNOWN_ID),
    ],
)
def test_what_needs_no_question_is_judged_at_once(url: str, status: LinkStatus, fault: Fault | None) -> None:
    use = use_of(url)

    assert (use.check.status, use.check.fault, use.answer) == (status, fault, None)
    assert use.check.detail


# -- what an answer says ---------------------------------------------------------------------

ARXIV = "https://arxiv.org/abs/2410.21276"


def test_an_arxiv_link_works_if_arxiv_has_the_paper() -> None:
    use = use_of(ARXIV, known(CARD))

    assert use.check == LinkCheck(LinkStatus.OK, "arXiv has the paper")
    assert use.url == ARXIV


def test_an_arxiv_link_is_broken_if_arxiv_says_that_it_has_no_such_paper() -> None:
    use = use_of(ARXIV, told(CARD_QUERY, NotFound("no such paper")))

    assert (use.check.status, use.check.fault) == (LinkStatus.BROKEN, Fault.UNKNOWN_ID)
    assert use.check.detail == "arXiv has no paper 2410.21276"


@pytest.mark.parametrize("reason", Reason)
@pytest.mark.parametrize(
    ("url", "query"), [(ARXIV, CARD_QUERY), ("https://a.org/", LinkQuery("https://a.org/"))]
)
def test_a_failure_to_find_out_is_no_verdict(url: str, query: Query, reason: Reason) -> None:
    use = use_of(url, told(query, Failure(reason, "could not")))

    assert use.check == LinkCheck(LinkStatus.UNVERIFIED, "could not", reason=reason)
    assert checking.is_blocked(use.check) is (reason is Reason.BLOCKED)


def test_the_verdict_of_the_web_is_taken_as_it_is() -> None:
    assert use_of("https://a.org/", told(LinkQuery("https://a.org/"), GONE)).check == GONE


@pytest.mark.parametrize(
    ("url", "answers"),
    [
        (ARXIV, told(CARD_QUERY, GONE)),
        ("https://a.org/", told(LinkQuery("https://a.org/"), CARD)),
        ("https://a.org/", told(LinkQuery("https://a.org/"), NotFound("no"))),
    ],
)
def test_an_answer_to_another_question_is_a_bug_and_not_a_verdict(
    url: str, answers: dict[Query, Answer]
) -> None:
    with pytest.raises(TypeError, match="was asked for"):
        use_of(url, answers)


@given(
    st.text(st.sampled_from("htps:/.arxivobs0142 #?@[]()\\%é\u200b\n"), max_size=30).filter(str.strip),
    st.sampled_from(["", "https://", "https://arxiv.org/abs/", "https://a.org/"]),
)
def test_every_text_in_the_place_of_an_address_is_judged_or_asked_about(text: str, start: str) -> None:
    link = Link(start + text, Span(0, 1), ("additional_links", 0, "url"), Role.PAPER)
    evidence = Evidence({})

    uses = checking.link_uses(replace(entry("title: x\n"), links=(link,)), evidence, context())

    assert len(uses) + len(evidence.wanted) == 1


# -- when broken is believed -----------------------------------------------------------------


def _failing(failures: int, days: float, last_ok: dt.datetime | None = NOW) -> LinkUse:
    since = NOW - dt.timedelta(days=days)
    link = Link("https://a.org/", Span(0, 1), ("url",), Role.OTHER)
    answer = Answer(LinkQuery(link.url), GONE, "web", NOW, history=History(last_ok, failures, since))
    return LinkUse(link, link.url, GONE, answer)


@pytest.mark.parametrize(
    ("failures", "days", "toml", "confirmed"),
    [
        (3, 3, "", True),
        (2, 30, "", False),
        (9, 2.9, "", False),
        (1, 0, "[links]\nconfirm-after = 1", True),
        (2, 0, "[links]\nconfirm-after = 2\nconfirm-days = 0", True),
        (2, 6, "[links]\nconfirm-after = 2\nconfirm-days = 7", False),
    ],
)
def test_a_link_that_used_to_work_is_broken_after_failures_enough_over_days_enough(
    failures: int, days: float, toml: str, confirmed: bool
) -> None:
    assert checking.is_confirmed(_failing(failures, days), context(toml)) is confirmed


def test_a_link_that_never_worked_is_believed_at_once() -> None:
    assert checking.is_confirmed(_failing(1, 0, last_ok=None), context())


def test_a_link_that_was_judged_without_asking_needs_no_second_look() -> None:
    assert checking.is_confirmed(use_of("www.a.org/x"), context())


def test_a_link_of_which_no_failure_is_remembered_is_not_confirmed() -> None:
    use = use_of("https://a.org/", told(LinkQuery("https://a.org/"), GONE, History(last_ok=NOW)))

    assert not checking.is_confirmed(use, context())


def test_links_that_are_believed_and_links_that_are_suspect_are_told_apart_by_fault() -> None:
    header = "additional_links: [{name: A, url: 'https://a.org/'}, {name: B, url: 'https://b.org/'}]\n"
    answers = told(LinkQuery("https://a.org/"), GONE) | told(
        LinkQuery("https://b.org/"), GONE, History(NOW, 1, NOW)
    )

    def urls(*faults: Fault, confirmed: bool) -> list[str]:
        evidence = Evidence(answers)
        uses = checking.broken_uses(entry(header), evidence, context(), *faults, confirmed=confirmed)
        return [use.url for use in uses]

    assert urls(Fault.GONE, Fault.NO_HOST, confirmed=True) == ["https://a.org/"]
    assert urls(Fault.GONE, confirmed=False) == ["https://b.org/"]
    assert urls(Fault.NO_HOST, confirmed=True) == []


# -- findings about links --------------------------------------------------------------------


def test_a_finding_stands_at_the_link_and_one_of_the_run_at_no_place() -> None:
    use = use_of("https://a.org/#b", told(LinkQuery("https://a.org/"), GONE))

    at_link, of_run = checking.link_finding("LNK101", use), checking.run_finding("RUN603", use)

    assert (at_link.span, at_link.field, at_link.url) == (
        use.link.span,
        "additional_links[0].url",
        "https://a.org/#b",
    )
    assert (of_run.span, of_run.field, of_run.url) == (None, "", "https://a.org/")
    assert at_link.because == of_run.because == (use.answer,)
    assert at_link.message == of_run.message == "404 Not Found"


def test_a_finding_about_what_was_not_asked_rests_on_no_answer() -> None:
    use = use_of("www.a.org/x")

    assert checking.link_finding("LNK121", use, "no address").because == ()
    assert checking.link_finding("LNK121", use, "no address").message == "no address"
    assert checking.run_finding("LNK121", use).because == ()


def test_a_working_link_is_neither_broken_nor_blocked() -> None:
    use = use_of("https://a.org/", works("https://a.org/"))

    assert use.check.status is LinkStatus.OK
    assert not checking.is_blocked(use.check)


def test_a_local_address_is_asked_only_where_the_configuration_allows_it() -> None:
    url = "http://127.0.0.1:8000/a"

    assert asked(url) == ()
    assert use_of(url).check.status is LinkStatus.EXCLUDED
    assert asked(url, "[network]\ndeny-private = false\n") == (LinkQuery(url),)
