"""When a page that answers is not there, and above all when it is."""

from __future__ import annotations

import pytest

from enrich.links import canonical_url
from enrich.models import Doubt, LinkCheck, LinkStatus
from enrich.pages import ends_at_home, is_absent, looks_like_a_file
from enrich.pages.shown import Beside, Page, Suspicion, beside, gone, is_wall, parked, scan, suspicion
from enrich.pages.wording import heading_says_gone, text_says_gone, title_says_gone

URL = "https://lab.org/papers/deep.html"
OTHER = beside(URL)
HONEST = Beside(honest=True)
LONG = "A sentence of the paper. " * 80


def shown(title: str, text: str = "", heading: str = "") -> Page:
    return scan(f"<title>{title}</title><h1>{heading}</h1><p>{text}</p>")


def alike(page: Page, final_url: str = OTHER) -> Beside:
    return Beside(honest=False, url=OTHER, final_url=final_url, page=page)


def told(page: Page, seen: Beside | None, final_url: str = URL) -> str | None:
    why = suspicion(page, URL, final_url)
    return gone(page, URL, final_url, why, seen) if why else None


# -- gates and frames ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "final_url"),
    [
        ("<title>Acme</title><link rel=canonical href=/><p>Loading…</p><script src=/a.js></script>", URL),
        ("<title>Acme</title><link rel=canonical href=/><h1>Wir verwenden Cookies</h1>Bitte zustimmen.", URL),
        ("<title>Cookies</title><p>Bitte akzeptieren Sie alle Cookies.</p>", "https://gate.lab.org/p?ref=1"),
        ("<title>Anmelden</title><p>Bitte melden Sie sich mit ORCID an.</p>", "https://lab.org/welcome"),
        ("<title>Choose your region</title><p>Europe Asia</p>", "https://lab.org/choose-region"),
        ("<title>Subscribe</title><p>Read on for 1 €</p>", "https://lab.org/offer"),
        ("<title>Pardon</title><p>Something about your browser seems odd.</p>", "https://lab.org/distil_r"),
    ],
)
def test_what_stands_at_every_address_may_be_a_gate_or_the_frame_of_a_program(
    html: str, final_url: str
) -> None:
    page = scan(html)

    assert told(page, alike(page, OTHER if final_url == URL else final_url), final_url) is None


@pytest.mark.parametrize(
    "text",
    [
        "Rate limit exceeded. The requested resource is not available right now.",
        "ただいまメンテナンス中です。お探しのページは現在ありません。",
        "Wegen Wartungsarbeiten ist die gesuchte Seite nicht erreichbar.",
    ],
)
def test_a_host_that_is_down_for_a_while_has_its_pages_still(text: str) -> None:
    page = shown("Error", text)

    assert is_wall(page, URL)
    assert told(page, alike(page)) is None


# -- wording ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "title",
    [
        "404",
        "404 Not Found",
        "404: Not Found",
        "404 - Page not found",
        "Page not found | Acme Lab",
        "Acme Lab – Page Not Found",
        "Oops! That page can’t be found.",
        "Error 404 (Not Found)!!1",
        "Error: 404 Not Found",
        "Seite nicht gefunden - Institut für Informatik",
        "Page introuvable | CNRS",
        "Página no encontrada",
        "Pagina non trovata",
        "Página não encontrada",
        "Страница не найдена",
        "页面不存在",
        "ページが見つかりません",
        "페이지를 찾을 수 없습니다",
    ],
)
def test_titles_of_error_pages_are_known(title: str) -> None:
    assert title_says_gone(title)


@pytest.mark.parametrize(
    "title",
    [
        "",
        "---",
        "404: A Dataset of Vanished Pages",
        "404 – A Dataset of Vanished Pages from the Early Web",
        "Page Not Found: Link Rot in Scholarly Articles",
        "Why 404 Is Not an Error",
        "What Is Not Found Is Not Lost",
        "Handling “Page not found” in Single-Page Applications",
        "Not Found in Translation | Anthology",
        "Deep Learning",
        "Lost and Found",
        "a | b | c | d | 404",
    ],
)
def test_titles_that_hold_the_words_are_no_error(title: str) -> None:
    assert not title_says_gone(title)


@pytest.mark.parametrize(
    "text",
    [
        "Sorry, the page you are looking for does not exist.",
        "The page you requested could not be found.",
        "The requested URL /a/b was not found on this server.",
        "This page does not exist.",
        "We couldn't find that page",
        "The page you’re trying to reach has been removed.",
        "Die von Ihnen gesuchte Seite wurde leider nicht gefunden.",
        "La page que vous cherchez n'existe pas.",
        "La página que buscas ya no está disponible.",
        "La pagina che stai cercando non esiste.",
        "A página que você está procurando não foi encontrada.",
        "De opgevraagde pagina bestaat niet.",
        "Запрашиваемая страница не найдена.",
        "您访问的页面不存在",
        "お探しのページは見つかりませんでした。",
        "요청하신 페이지를 찾을 수 없습니다.",
    ],
)
def test_sentences_of_error_pages_are_known(text: str) -> None:
    assert text_says_gone(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "We find that pages vanish.",
        "Results that were not found in earlier work.",
        "This page lists papers. Some links may not work.",
        "The document collection was found in 1994.",
        "Diese Seite zeigt unsere Arbeiten.",
    ],
)
def test_sentences_of_papers_are_none(text: str) -> None:
    assert not text_says_gone(text)


def test_a_heading_must_say_nothing_else() -> None:
    assert heading_says_gone("Oops, page not found!")
    assert not heading_says_gone("Not Found: A Study")
    assert not heading_says_gone("")


# -- what is suspicious ----------------------------------------------------------------------

ABSENT = shown("Page not found", "Nothing.", "Page not found")


@pytest.mark.parametrize(
    ("page", "url", "final_url", "why"),
    [
        (ABSENT, URL, URL, Suspicion.CLEAR),
        (shown("404", "short"), URL, URL, Suspicion.CLEAR),
        (shown("404", LONG), URL, URL, Suspicion.HINTED),
        (shown("Lab", LONG, "Page not found"), URL, URL, Suspicion.HINTED),
        (shown("Lab", "This page does not exist."), URL, URL, Suspicion.HINTED),
        (shown("Lab", "Hello"), URL, "https://lab.org/404.html", Suspicion.HINTED),
        (shown("Lab", "Papers"), URL, "https://lab.org/papers/", Suspicion.LED),
        (shown("Lab", "Papers"), URL, "https://lab.org/archive/deep", None),
        (shown("Lab", "Papers"), URL, "https://lab.org/", None),
        (shown("Lab", "Papers"), "https://lab.org/", "https://lab.org/papers/", None),
        (shown("Lab", "Papers"), URL, URL, None),
        (ABSENT, URL, "https://lab.org/login", None),
        (ABSENT, URL, "https://lab.org/search?q=deep", None),
        (shown("", ""), URL, URL, None),
        (scan("<title>404</title><div id=app>Page not found</div>"), URL, URL, None),
        (
            scan("<meta name=citation_title content=a><meta name=citation_author content=b><h1>404</h1>x"),
            URL,
            URL,
            None,
        ),
    ],
)
def test_pages_are_suspicious_by_what_they_say_and_where_they_stand(
    page: Page, url: str, final_url: str, why: Suspicion | None
) -> None:
    assert suspicion(page, url, final_url) is why


@pytest.mark.parametrize(
    ("href", "why"),
    [
        ("/", Suspicion.LED),
        ("https://lab.org/", Suspicion.LED),
        ("https://www.other.org/", None),
        (URL, None),
        ("mailto:x", None),
    ],
)
def test_a_page_that_says_to_be_the_front_page_is_suspicious(href: str, why: Suspicion | None) -> None:
    page = scan(f"<title>Lab</title><link rel=canonical href='{href}'><p>Welcome</p>")

    assert suspicion(page, URL, URL) is why


# -- what is gone ----------------------------------------------------------------------------


def test_what_any_address_shows_is_gone() -> None:
    assert told(ABSENT, alike(ABSENT)) == "titled “Page not found”, as any address there is"
    sentence = shown("Lab", "This page does not exist.")
    assert told(sentence, alike(sentence)) == "says that the page is not there, as any address there is"


def test_an_error_page_may_repeat_its_address_and_the_time() -> None:
    ours, theirs = (
        shown("404", f"The requested URL {path} was not found on this server. {time}", "404")
        for path, time in (
            ("/papers/deep.html", "12:31:04"),
            (OTHER.removeprefix("https://lab.org"), "9:02:11"),
        )
    )

    assert told(ours, alike(theirs)) is not None


def test_a_host_that_is_honest_is_believed_whatever_its_pages_say() -> None:
    assert told(ABSENT, HONEST) is None


def test_where_nothing_is_known_of_the_host_a_short_and_clear_page_is_believed() -> None:
    assert told(ABSENT, None) == "titled “Page not found”"
    assert told(ABSENT, Beside(honest=False)) == "titled “Page not found”"
    assert told(ABSENT, alike(shown("Lab", LONG))) == "titled “Page not found”"
    assert told(shown("Page not found", LONG, "Page not found"), None) is None
    assert told(shown("Lab", "This page does not exist."), None) is None


def test_a_page_that_was_not_read_to_its_end_is_no_short_page() -> None:
    cut = scan("<title>404</title><h1>404</h1><p>Nothing", complete=False)

    assert told(cut, None) is None
    assert told(cut, alike(cut)) is not None


def test_a_redirect_that_any_address_meets_lost_its_way() -> None:
    page, final = shown("Papers", LONG), "https://lab.org/all"

    assert told(page, alike(page, final), final) == f"any address there leads to {final}"
    assert told(page, alike(page, "https://lab.org/other"), final) is None
    assert told(page, alike(shown("Else", LONG), final), final) is None
    assert told(page, HONEST, final) is None
    assert told(page, None, final) is None


def test_a_front_page_at_any_address_is_no_page_of_its_own() -> None:
    page = scan("<title>Lab</title><link rel=canonical href='/'><p>Welcome</p>")

    assert told(page, alike(page)) == "any address there shows the same page"
    assert told(page, alike(shown("Lab", "Else"))) is None


# -- the address beside ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "start", "end"),
    [
        ("https://a.org/papers/deep.html", "https://a.org/papers/no-such-page-", ".html"),
        ("https://a.org/papers/deep/", "https://a.org/papers/no-such-page-", "/"),
        ("https://a.org/papers/12345", "https://a.org/papers/", ""),
        ("https://a.org/deep", "https://a.org/no-such-page-", ""),
        ("https://a.org/", "https://a.org/no-such-page-", ""),
        ("https://a.org/show?id=7", "https://a.org/show?id=", ""),
        ("https://a.org/show?v=1&name=deep", "https://a.org/show?v=1&name=no-such-page-", ""),
        ("https://a.org/show?deep", "https://a.org/no-such-page-", ""),
    ],
)
def test_the_address_beside_is_of_the_same_kind(url: str, start: str, end: str) -> None:
    made = beside(url)

    assert made.startswith(start)
    assert made.endswith(end)
    assert made == canonical_url(made) != url


def test_one_folder_has_one_address_beside_its_pages_and_numbers_have_a_number() -> None:
    assert beside("https://a.org/x/one") == beside("https://a.org/x/two") != beside("https://a.org/y/one")
    assert beside("https://a.org/x/7").rpartition("/")[2].isdigit()


# -- parked, walls, files --------------------------------------------------------------------

SALE = shown("acme.org", "The domain acme.org is for sale. Make an offer.")


def test_a_domain_is_parked_by_who_parks_it() -> None:
    dealer = "https://www.hugedomains.com/domain_profile.cfm?d=lab"
    ads = scan("<script src='//www.google.com/adsense/domains/caf.js'></script><p>Links")

    assert parked(shown("Buy"), URL, dealer, None) == "it leads to www.hugedomains.com"
    assert parked(ads, URL, URL, None) == "the page holds a parking company's advertisements"
    assert parked(shown("Buy"), dealer, dealer, None) is None
    assert parked(shown("Deep", LONG), URL, URL, None) is None


def test_a_domain_is_parked_by_its_words_only_where_any_address_says_them() -> None:
    assert parked(SALE, URL, URL, alike(SALE)) == "it says “the domain acme.org is for sale” at any address"
    assert parked(SALE, URL, URL, HONEST) is None
    assert parked(SALE, URL, URL, None) is None
    assert parked(SALE, URL, URL, alike(shown("Shop", LONG))) is None
    assert parked(shown("This domain is for sale", LONG), URL, URL, alike(SALE)) is None


def test_a_page_about_a_work_is_never_parked() -> None:
    page = scan("<meta name=dc.title content=a><meta name=dc.creator content=b><p>This domain is for sale")

    assert parked(page, URL, URL, alike(page)) is None


@pytest.mark.parametrize(
    ("page", "final_url", "wall"),
    [
        (shown("Sign in"), "https://lab.org/login", True),
        (shown("Sign in"), "https://accounts.lab.org/x", True),
        (scan("<p>Members<input type=password>"), URL, True),
        (scan(f"<p>{LONG * 3}<input type=password>"), URL, False),
        (shown("Just a moment", "Checking your browser before accessing"), URL, True),
        (shown("Lab", "Temporarily unavailable"), URL, True),
        (shown("Lab", "Our papers"), URL, False),
    ],
)
def test_walls_are_known_by_their_address_their_form_and_their_words(
    page: Page, final_url: str, wall: bool
) -> None:
    assert is_wall(page, final_url) is wall


@pytest.mark.parametrize(
    ("url", "is_file"),
    [
        ("https://a.org/p.pdf", True),
        ("https://a.org/p.PDF?download=1", True),
        ("https://a.org/p.tar.gz", True),
        ("https://a.org/p.html", False),
        ("https://a.org/pdf/1234.5678", False),
        ("https://a.org/", False),
        ("https://a.org/show?file=p.pdf", False),
    ],
)
def test_files_are_known_by_their_ending(url: str, is_file: bool) -> None:
    assert looks_like_a_file(url) is is_file


# -- absence ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("check", "home", "absent"),
    [
        (LinkCheck(LinkStatus.OK, "200 OK"), False, False),
        (LinkCheck(LinkStatus.MOVED, "-", final_url="https://new.org/index.html"), True, True),
        (LinkCheck(LinkStatus.REDIRECTED, "-", final_url="https://new.org/?from=old"), True, True),
        (LinkCheck(LinkStatus.MOVED, "-", final_url="https://new.org/deep"), False, False),
        (LinkCheck(LinkStatus.MOVED, "-", final_url="https://new.org/?p=12"), False, False),
        (LinkCheck(LinkStatus.MOVED, "-", final_url="https://new.org/index.php?id=12&lang=de"), False, False),
        (LinkCheck(LinkStatus.MOVED, "-", final_url="https://new.org/#/papers/12"), False, False),
        (LinkCheck(LinkStatus.MOVED, "-", final_url="https://new.org/#top"), True, True),
        (LinkCheck(LinkStatus.OK, "200 OK", doubt=Doubt.GONE), False, True),
        (LinkCheck(LinkStatus.OK, "200 OK", doubt=Doubt.PARKED), False, True),
        (LinkCheck(LinkStatus.OK, "200 OK", doubt=Doubt.WALL), False, False),
    ],
)
def test_a_link_that_answers_may_show_something_else(check: LinkCheck, home: bool, absent: bool) -> None:
    assert ends_at_home(URL, check) is home
    assert is_absent(URL, check) is absent
    assert not ends_at_home("https://lab.org/", check)
