"""The wording and the layout that the manual promises."""

from __future__ import annotations

from dataclasses import replace

import pytest

from enrich.models import Outcome, Place, Reason, Severity, State
from tests.reports.golden_file import assert_golden
from tests.reports.samples import (
    CHECK,
    GPT_RUN,
    HERE,
    PAGE,
    PULL_REQUEST,
    PULL_REQUEST_TOTALS,
    RUN,
    TOTALS,
    both,
    catalogue,
    place,
    render,
    result,
    unverified,
)


def test_one_repaired_entry_reads_as_in_the_manual() -> None:
    out, err = render("full", RUN, [GPT_RUN], TOTALS)

    assert err == "1 entry, profile jekyll-links (detected)\n"
    assert out == (
        "error[IDN201] malformed-arxiv-id: `hf2410.21276` is not an arXiv identifier\n"
        "  --> _publications/2024gpt.markdown:83:45\n"
        "   |\n"
        "83 |   {name: Paper, url: 'https://arxiv.org/abs/hf2410.21276'}]\n"
        "   |                                             ^^^^^^^^^^^^\n"
        "   = evidence: arXiv 2410.21276 “GPT-4o System Card”"
        " — title matches (score 1.00), 419 of 419 authors\n"
        "   = safe fix: remove the `hf` prefix  [change f2e756fe]\n"
        "\n"
        "rule     what                      wrote         to review\n"
        "IDN201   malformed-arxiv-id        1                     —\n"
        "MET301   missing-field             3                     —\n"
        "MET310   title-case-lost           1                     —\n"
        "MET311   author-name-mangled       2                     —\n"
        "\n"
        "Wrote 7 changes in 1 file (14 lines changed, 3 added; re-read, nothing else differs).\n"
        "See them: `git diff -- _publications/2024gpt.markdown`   Take back: `enrich undo`\n"
    )


def test_a_whole_catalogue_closes_as_in_the_manual() -> None:
    out, err = render("summary", RUN, catalogue(), replace(TOTALS, entries=4_722))

    assert err == "4,722 entries, profile jekyll-links (detected)\n"
    assert out.splitlines()[-6:] == [
        "Wrote 18,302 changes in 4,698 files"
        " (5,012 lines changed, 13,901 added; each file re-read, nothing else differs).",
        "192 to review: `enrich review`, or `enrich review --html review.html`.",
        "18 need a person: 18 malformed-url. `enrich check` lists them.",
        "28 links that used to work failed; after 3 failures over 3 days they are called broken.",
        "65 links could not be verified now, and will be asked again next time.",
        "See them: `git diff`   Take back: `enrich undo`",
    ]


def test_a_pull_request_reads_as_in_the_manual() -> None:
    out, err = render("concise", CHECK, PULL_REQUEST, PULL_REQUEST_TOTALS)

    assert out == (
        "_publications/new2026paper.markdown:6:47: E IDN203"
        " 2410.21276 is another paper: “GPT-4o System Card”\n"
        "_publications/rabin2019testing.markdown:8:27: E LNK101 [~] no repository acme/gone\n"
    )
    assert err == (
        "2 errors in 3 entries, 6 links; 7 notes (`--show info` lists them).\n"
        "Not verified: 1 link (1 blocked). They are neither good nor broken, and do not fail the check.\n"
        "Fixable: 7 safe, 1 to review, with `enrich run`.\n"
    )


def test_an_offline_check_says_that_no_link_was_checked() -> None:
    path = "_publications/kim2024float.markdown"
    line = '  - {name: Paper, url: "https://arxiv.org/abs/hf2410.21999"}'
    found = result(
        "IDN201", "`hf2410.21999` is not an arXiv identifier", path=path, place=place(line, "hf2410.21999", 7)
    )
    links = (unverified("https://a.org/", Reason.NETWORK), unverified("https://b.org/", Reason.NETWORK))

    out, err = render(
        "concise",
        replace(CHECK, offline=True),
        [Outcome(path, (found,), links=links)],
        replace(TOTALS, exit_code=1),
    )

    assert out == f"{path}:7:47: E IDN201 `hf2410.21999` is not an arXiv identifier\n"
    assert err == (
        "1 error in 1 entry, 2 links.\n"
        "Offline: no link was checked; only the rules that need no network ran.\n"
    )


def test_an_offline_check_counts_what_the_cache_knew() -> None:
    _, err = render(
        "concise", replace(CHECK, offline=True), [Outcome("a.md", ())], replace(TOTALS, from_cache=1_204)
    )

    assert "Offline: nothing was asked; 1,204 answers from the cache.\n" in err


def test_bad_yaml_reads_as_in_the_manual() -> None:
    line = 'title: "A title with a colon: and no closing quote'
    found = result(
        "FMT401",
        "front matter is not valid YAML: quote opened here is never closed",
        path="_publications/bad2024yaml.markdown",
        place=Place(3, 8, len(line) + 1, line),
        evidence=("while scanning a quoted scalar: found unexpected end of stream (line 5)",),
        help_text="the entry was skipped and left untouched",
    )

    out, _ = render("full", CHECK, [Outcome(found.path, (found,))], TOTALS)

    assert out.startswith(
        "error[FMT401] invalid-yaml: front matter is not valid YAML: quote opened here is never closed\n"
        " --> _publications/bad2024yaml.markdown:3:8\n"
        "  |\n"
        '3 | title: "A title with a colon: and no closing quote\n'
        "  |        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n"
        "  = evidence: while scanning a quoted scalar: found unexpected end of stream (line 5)\n"
        "  = help: the entry was skipped and left untouched\n\n"
    )


def test_a_finding_about_the_run_stands_alone() -> None:
    found = result(
        "RUN605",
        "no network (name resolution fails for export.arxiv.org, github.com, doi.org)",
        path="",
        evidence=("412 entries passed the rules that need no network; no link was checked.",),
        help_text="Use --offline if that is what you want.",
    )

    out, _ = render("full", CHECK, [Outcome("", (found,))], replace(TOTALS, entries=412, exit_code=3))
    lines, _ = render("concise", CHECK, [Outcome("", (found,))], replace(TOTALS, entries=412, exit_code=3))

    assert out.startswith(
        "error[RUN605] nothing-checked: no network"
        " (name resolution fails for export.arxiv.org, github.com, doi.org)\n"
        "412 entries passed the rules that need no network; no link was checked.\n"
        "Use --offline if that is what you want.\n\n"
    )
    assert lines.startswith("enrich: E RUN605 no network (")


def test_a_host_that_limits_us_is_named_once() -> None:
    links = tuple(
        unverified(f"https://huggingface.co/{number}", Reason.RATE_LIMITED) for number in range(2_198)
    )
    links += tuple(unverified(f"https://{number}.org/", Reason.TIMEOUT) for number in range(31))

    _, err = render("concise", CHECK, [Outcome("a.md", (), links=links)], TOTALS)
    ran, _ = render("summary", RUN, [Outcome("a.md", (), links=links)], TOTALS)
    _, portioned = render(
        "concise",
        CHECK,
        [Outcome("a.md", (), links=links)],
        TOTALS,
        replace(PAGE, portioned=frozenset({"huggingface.co"})),
    )

    hint = 'hint: [links.hosts."huggingface.co"] per-run = 200 spreads them over several runs.\n'
    assert "Not verified: 2,198 links at huggingface.co (rate-limited), 31 elsewhere. They are" in err
    assert hint in err
    assert hint in ran
    assert "hint" not in portioned


def test_a_few_links_that_wait_for_the_next_run_need_no_hint() -> None:
    links = tuple(unverified(f"https://a.org/{number}", Reason.RATE_LIMITED) for number in range(49))

    _, err = render("concise", CHECK, [Outcome("a.md", (), links=links)], TOTALS)

    assert "Not verified: 49 links at a.org (rate-limited)." in err
    assert "hint" not in err


def test_a_baseline_is_counted_apart() -> None:
    known = tuple(result("LNK101", f"gone {number}", state=State.BASELINED) for number in range(38))
    quiet = (result("LNK101", "gone", state=State.SUPPRESSED),)

    _, err = render("concise", CHECK, [Outcome("a.md", known)], replace(TOTALS, entries=10))
    _, more = render("concise", CHECK, [Outcome("a.md", known + quiet)], TOTALS)

    assert err == "No findings in 10 entries, 0 links (38 more in the baseline).\n"
    assert "(38 more in the baseline, 1 suppressed)" in more


@pytest.mark.parametrize(
    ("code", "how"), [(130, "Interrupted"), (143, "Terminated"), (0, "Stopped at its limit")]
)
def test_a_run_that_did_not_end_says_how_far_it_came(code: int, how: str) -> None:
    totals = replace(TOTALS, complete=False, exit_code=code, entries=2_085)

    _, err = render("summary", RUN, [GPT_RUN], totals, found=4_722)

    assert err.endswith(
        f"{how} after 2,085 of 4,722 entries. Files written are complete; answers are in the cache.\n"
        "Run the same command to go on.\n"
    )


def test_an_interrupted_check_claims_no_written_files() -> None:
    _, err = render("concise", CHECK, [], replace(TOTALS, complete=False, exit_code=130), found=9)

    assert "Interrupted after 1 of 9 entries. Answers are in the cache.\n" in err


def test_a_dry_run_says_would() -> None:
    out, _ = render(
        "summary", replace(RUN, dry_run=True), [GPT_RUN, Outcome("b.md", (), pending=(HERE,))], TOTALS
    )

    assert "would write   to review" in out
    assert out.endswith(
        "Would write 7 changes in 1 file (14 lines changed, 3 added).\n"
        "1 to review: `enrich review`, or `enrich review --html review.html`.\n"
        "Nothing was written. See them: `enrich diff`\n"
    )


def test_without_git_nobody_is_sent_to_git() -> None:
    out, _ = render("summary", RUN, [GPT_RUN], TOTALS, replace(PAGE, in_git=False))

    assert out.endswith("\nTake back: `enrich undo`\n")


def test_nothing_is_green_when_nothing_was_looked_at() -> None:
    for command in (RUN, CHECK):
        out, _ = render("summary", command, [], replace(TOTALS, entries=0))
        assert out == "Nothing was checked: no entry was looked at.\n"


def test_a_run_without_changes_says_so() -> None:
    broken = result("LNK101", "gone")

    nothing, _ = render("summary", RUN, [Outcome("a.md", ())], TOTALS)
    person, _ = render("summary", RUN, [Outcome("a.md", (broken,))], TOTALS)

    assert nothing == "No findings in 1 entry, 0 links.\n"
    assert person == "Nothing to write.\n1 needs a person: 1 broken-link. `enrich check` lists it.\n"


def test_the_hint_shows_the_level_at_which_it_lists_them() -> None:
    note = result("MET301", "several fit", severity=Severity.INFO)

    out, _ = render("full", RUN, [Outcome("a.md", (note,))], TOTALS)
    shown, _ = render("full", RUN, [Outcome("a.md", (note,))], TOTALS, replace(PAGE, show=Severity.INFO))

    assert "1 needs a person: 1 missing-field. `enrich check --show info` lists it.\n" in out
    assert "1 needs a person: 1 missing-field.\n" in shown


def test_only_notes_are_not_called_no_findings() -> None:
    note = result("MET301", "absent", severity=Severity.INFO)
    warning = result("LNK120", "placeholder", severity=Severity.WARNING)

    _, err = render("concise", CHECK, [Outcome("a.md", (note,))], TOTALS)
    _, strict = render(
        "concise", CHECK, [Outcome("a.md", (note, warning))], TOTALS, replace(PAGE, show=Severity.ERROR)
    )

    assert err == "No errors or warnings in 1 entry, 0 links; 1 note (`--show info` lists it).\n"
    assert strict == "No errors in 1 entry, 0 links; 1 warning, 1 note (`--show info` lists them).\n"


def test_a_strict_check_does_not_promise_that_unverified_links_pass() -> None:
    outcome = Outcome("a.md", (), links=(unverified("https://a.org/", Reason.TIMEOUT),))

    _, err = render("concise", CHECK, [outcome], replace(TOTALS, exit_code=3))

    assert err.endswith("Not verified: 1 link (1 timeout). They are neither good nor broken.\n")


def test_a_source_that_was_down_is_named() -> None:
    down = result("RUN604", "crossref: 503", path="", severity=Severity.NOTICE)

    out, _ = render("summary", RUN, [GPT_RUN, Outcome("", (down, down))], TOTALS)

    assert out.count("Source unavailable: crossref: 503.\n") == 1


def test_a_bug_in_an_entry_is_told_in_every_format() -> None:
    bug = Outcome("_publications/x.markdown", (), bug="ValueError: Invalid IPv6 URL")

    for name in ("full", "concise", "summary", "json", "json-lines"):
        _, err = render(name, CHECK, [bug], TOTALS)
        assert (
            "bug: _publications/x.markdown: ValueError: Invalid IPv6 URL (entry skipped, run goes on)\n"
            in err
        )


@pytest.mark.parametrize("name", ["full", "concise", "summary"])
@pytest.mark.parametrize("command", ["run", "check"])
def test_texts_stay_as_they_were_read_last(name: str, command: str) -> None:
    run = replace(RUN, command=command)

    texts = render(name, run, [GPT_RUN, *PULL_REQUEST], replace(PULL_REQUEST_TOTALS, entries=4))

    assert_golden(f"{command}-{name}", both(texts))
