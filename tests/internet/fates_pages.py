"""Fates of links that answer: what their pages show, and what it means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.internet.named_fates import PAGE, Site, fate, host_of
from tests.internet.replies import OK, Fate, page, redirect, status
from tests.internet.tls import Tls

if TYPE_CHECKING:
    from tests.internet.traffic import Request

TITLE = "On the Fates of Links in Scholarly Catalogues"
AUTHORS = "Ada Lovelace, Charles Babbage"
"""Of the entry that links to each of these."""

_PROSE = " ".join(
    f"Sentence {number} tells what the paper found out, at some length." for number in range(60)
)
_ABSENT = page("<h1>Page not found</h1><p>Nothing is here.</p>", "Page not found | Lab")


def _any(text: str, title: str) -> tuple[tuple[str, Fate], ...]:
    """Every other address of the host shows the same."""
    return (("/*", page(text, title)),)


def _echoed(request: Request) -> Fate:
    return page(
        f"<h1>Not Found</h1><p>The requested URL {request.path} was not found on this server.</p>",
        "Not Found",
    )


def _by_query(request: Request) -> Fate:
    if request.path.endswith("?id=1"):
        return page(f"<h1>A paper</h1><p>{_PROSE}</p>", "A paper")
    return page("<p>Sorry, the page you requested does not exist.</p>", "Papers")


def _led_to(place: str) -> Fate:
    return redirect(place, 302)


SOFT = (
    fate(
        "soft-in-german",
        "ok",
        "200",
        "The title and a sentence say so in German.",
        page(
            "<h1>Hoppla</h1><p>Die gesuchte Seite existiert nicht mehr.</p>",
            "Seite nicht gefunden – Institut",
        ),
        more=_any(
            "<h1>Hoppla</h1><p>Die gesuchte Seite existiert nicht mehr.</p>",
            "Seite nicht gefunden – Institut",
        ),
        finds="LNK103",
    ),
    fate(
        "soft-in-chinese",
        "ok",
        "200",
        "The title says so in Chinese.",
        page("<p>您访问的页面不存在</p>", "页面不存在"),
        more=_any("<p>您访问的页面不存在</p>", "页面不存在"),
        finds="LNK103",
    ),
    fate(
        "soft-in-a-sentence",
        "ok",
        "200",
        "The title is the site's; a sentence says so, and so does any address.",
        page("<h1>Lab</h1><p>Sorry, the page you were looking for could not be found.</p>", "The Lab"),
        more=_any("<h1>Lab</h1><p>Sorry, the page you were looking for could not be found.</p>", "The Lab"),
        finds="LNK103",
    ),
    fate(
        "soft-with-the-address",
        "ok",
        "200",
        "Each error page repeats its own address; they are one all the same.",
        _echoed,
        more=(("/*", _echoed),),
        finds="LNK103",
    ),
    fate(
        "soft-by-query",
        "ok",
        "200",
        "The program answers any number; the folder itself is honest.",
        _by_query,
        url=f"https://{host_of('soft-by-query')}{PAGE}?id=99",
        finds="LNK103",
    ),
    fate(
        "soft-and-alone",
        "ok",
        "200",
        "What stands beside it can't be found out; title and heading say it, and there is nothing else.",
        _ABSENT,
        more=(("/*", status(403)),),
        finds="LNK103",
    ),
    fate(
        "soft-in-much-text",
        "ok",
        "200",
        "A long menu around it does not hide that any address shows the same.",
        page(f"<h1>404</h1><p>{_PROSE}</p>", "404 Not Found"),
        more=_any(f"<h1>404</h1><p>{_PROSE}</p>", "404 Not Found"),
        finds="LNK103",
    ),
    fate(
        "soft-at-an-error-page",
        "redirected",
        "302",
        "Redirected to a page of errors, as any address is.",
        _led_to("/errors/404.html"),
        more=(
            ("/errors/404.html", page("<p>We looked everywhere.</p>", "Lab")),
            ("/*", _led_to("/errors/404.html")),
        ),
        finds="LNK103",
    ),
)

NOT_GONE = (
    fate(
        "paper-called-404",
        "ok",
        "200",
        "A paper's title holds the words, and the host is honest.",
        page("<h1>404: A Dataset of Vanished Pages</h1><p>Abstract.</p>", "404: A Dataset of Vanished Pages"),
    ),
    fate(
        "paper-called-page-not-found",
        "ok",
        "200",
        "Title and heading are the very words; beside it a true 404 shows that the host is honest.",
        page("<h1>Page Not Found</h1><p>Abstract. We study link rot.</p>", "Page Not Found | Anthology"),
    ),
    fate(
        "paper-with-tags",
        "ok",
        "200",
        "Meta tags name a work and its authors, so there is a page, whatever the host says elsewhere.",
        page(
            "<meta name='citation_title' content='Page Not Found'>"
            "<meta name='citation_author' content='Ada Rot'>"
            "<h1>Page Not Found</h1>",
            "Page Not Found",
        ),
        more=(("/*", _ABSENT),),
    ),
    fate(
        "article-about-404",
        "ok",
        "200",
        "An article that explains the status, at length.",
        page(f"<h1>404 Not Found</h1><p>{_PROSE}</p>", "404 Not Found - HTTP"),
    ),
    fate(
        "app",
        "ok",
        "200",
        "Filled by programs: the same frame at every address, and nobody knows what it will show.",
        page(
            "<div id='root'></div><script src='/app.js'></script><noscript>Page not found</noscript>", "Lab"
        ),
        more=_any("<div id='root'></div><script src='/app.js'></script>", "Lab"),
    ),
    fate(
        "login",
        "redirected",
        "302",
        "A login stands in front; what is behind it nobody has seen.",
        _led_to("/login?next=paper"),
        more=(
            ("/login", page("<form><input type='password'></form>", "Sign in")),
            ("/*", _led_to("/login?next=x")),
        ),
    ),
    fate(
        "search",
        "ok",
        "200",
        "A search that finds nothing is the page that was linked.",
        page("<h1>Not found</h1><p>No results.</p>", "Not found"),
        more=_any("<h1>Not found</h1><p>No results.</p>", "Not found"),
        url=f"https://{host_of('search')}/search?q=paper",
    ),
    fate(
        "maintenance",
        "ok",
        "200",
        "Down for an hour, at every address.",
        page("<p>Under maintenance. The page you requested is not available.</p>", "Lab"),
        more=_any("<p>Under maintenance. The page you requested is not available.</p>", "Lab"),
    ),
    fate(
        "same-everywhere",
        "ok",
        "200",
        "One page at every address, and nothing says that it is an error.",
        more=(("/*", OK),),
    ),
)

LED_ASTRAY = (
    fate(
        "all-to-one",
        "redirected",
        "302",
        "Any address is redirected to the list of papers: what was linked is lost.",
        _led_to("/publications"),
        more=(
            ("/publications", page(f"<h1>Publications</h1><p>{_PROSE}</p>", "Publications")),
            ("/*", _led_to("/publications")),
        ),
        finds="LNK103",
    ),
    fate(
        "one-to-one",
        "redirected",
        "302",
        "The page has another address now; a made-up one is a 404.",
        _led_to("/archive/2019-results"),
        more=(("/archive/2019-results", OK),),
    ),
    fate(
        "moved-to-a-login",
        "moved",
        "301",
        "Permanent, and still no address to link: a login stands there.",
        redirect("/signin", 301),
        more=(("/signin", page("<form><input type='password'></form>", "Sign in")),),
    ),
)


def _parked(request: Request) -> Fate:
    return page(f"<h1>{request.host} is for sale!</h1><p>Make an offer now.</p>", request.host)


PARKED = (
    fate(
        "for-sale",
        "ok",
        "200",
        "Every address says that the domain is for sale, and nothing else.",
        _parked,
        more=(("/*", _parked),),
        finds="LNK102",
    ),
    fate(
        "to-a-dealer",
        "redirected",
        "302",
        "Redirected to a company that sells domains.",
        redirect("https://www.hugedomains.com/domain_profile.cfm?d=acme", 302),
        elsewhere=(
            Site("www.hugedomains.com", (("/domain_profile.cfm", page("<p>Buy now</p>", "HugeDomains")),)),
        ),
        finds="LNK102",
    ),
    fate(
        "parking-programs",
        "ok",
        "200",
        "The page holds nothing but a parking company's advertisements.",
        page("<script src='https://www.google.com/adsense/domains/caf.js'></script><p>Related</p>", "acme"),
        finds="LNK102",
    ),
    fate(
        "paper-about-parking",
        "ok",
        "200",
        "A paper on parked domains quotes what they say.",
        page(
            f"<h1>This domain is for sale</h1><p>{_PROSE}</p>", "“This Domain Is For Sale”: Parking at Scale"
        ),
    ),
    fate(
        "shop-of-one",
        "ok",
        "200",
        "One page offers a domain; the others of its host say other things.",
        page("<p>The domain acme-nlp.org is for sale.</p>", "Offers"),
        more=(("/*", page(f"<p>{_PROSE}</p>", "Offers")),),
    ),
)


def _of(title: str, *authors: str) -> Fate:
    tags = "".join(f'<meta name="citation_author" content="{author}">' for author in authors)
    return page(f'<meta name="citation_title" content="{title}">{tags}<h1>{title}</h1>', title)


WORKS = (
    fate(
        "page-of-the-paper",
        "ok",
        "200",
        "The page names the entry's own work, family names first.",
        _of(TITLE, "Lovelace, Ada", "Babbage, Charles"),
        label="Paper",
    ),
    fate(
        "page-of-another-paper",
        "ok",
        "200",
        "The page names another work by other people; that is a finding, for the link works.",
        _of("Learning to Represent Edits", "Yin, Pengcheng", "Neubig, Graham"),
        label="Paper",
        finds="LNK105",
    ),
    fate(
        "page-of-the-renamed-paper",
        "ok",
        "200",
        "Another title by the same people may be the same paper.",
        _of("What Becomes of Addresses", "Ada Lovelace", "Charles Babbage"),
        label="Paper",
    ),
    fate(
        "code-of-another-paper",
        "ok",
        "200",
        "Code may be somebody else's.",
        _of("Learning to Represent Edits", "Yin, Pengcheng"),
    ),
)


def _by_scheme(request: Request) -> Fate:
    return OK if request.scheme == "http" else page("<h1>It works!</h1><p>Default site.</p>", "Welcome")


def _back_to_http(request: Request) -> Fate:
    return OK if request.scheme == "http" else redirect(f"http://{request.host}{PAGE}")


TWO_FORMS = (
    fate("both-forms", "ok", "200", "http and https serve the same.", scheme="http", finds="LNK110"),
    fate(
        "https-is-another-site",
        "ok",
        "200",
        "https serves the host's default site.",
        _by_scheme,
        scheme="http",
    ),
    fate("https-leads-back", "ok", "200", "https leads back to http.", _back_to_http, scheme="http"),
    fate("https-expired", "ok", "200", "https has no valid certificate.", scheme="http", tls=Tls.EXPIRED),
    fate(
        "https-hangs", "ok", "200", "https never answers; nothing is found out.", scheme="http", tls=Tls.HANG
    ),
)
