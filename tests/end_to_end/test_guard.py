"""
What a stranger's link may try, and that nobody inside the network is ever asked.

The unmodified program on an island where every address is real: those who listen there count.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote, urlsplit

import pytest

from tests.end_to_end.catalogues import PROCESSES, clean_environ
from tests.end_to_end.island import MARK, PUBLIC
from tests.internet import redirect

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.end_to_end.catalogues import Catalogue
    from tests.internet.internet import Internet

SIX = "2606:2800:220:1:248:1893:25c8:1946"
"""A public address of IPv6."""
UNSHARE = ("unshare", "--user", "--map-root-user", "--net", "--mount")

HOSTS = (
    # the thirteen of the design, and their other spellings
    "169.254.169.254", "2852039166", "0xa9fea9fe", "0xa9.0xfe.0xa9.0xfe", "0251.0376.0251.0376",
    "169.254.43518", "127.0.0.1", "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1",
    "017700000001", "127.0.0.1.", "0.0.0.0", "0", "0x0", "00.0.0.0", "localhost", "localhost.",
    "LOCALHOST", "a.localhost", "localhost.localdomain", "10.0.0.1", "172.16.0.1", "192.168.1.1",
    "100.64.0.1", "192.0.0.1", "192.0.2.1", "192.88.99.1", "198.18.0.1", "198.51.100.1", "203.0.113.1",
    "224.0.0.1", "240.0.0.1", "255.255.255.255",
    # IPv6
    "[::1]", "[::]", "[0:0:0:0:0:0:0:1]", "[fe80::1]", "[fe80::1%25lo]", "[fe80::1%lo]", "[::1%25lo]",
    "[fc00::1]", "[fd00:ec2::254]", "[fec0::1]", "[ff02::1]", "[100::1]", "[2001:db8::1]", "[3fff::1]",
    "[5f00::1]", "[4000::1]",
    # IPv4 inside IPv6: mapped, compatible, translated, NAT64 (both prefixes), 6to4, Teredo, ISATAP
    "[::ffff:127.0.0.1]", "[::ffff:a9fe:a9fe]", "[::127.0.0.1]", "[::ffff:0:127.0.0.1]",
    "[64:ff9b::127.0.0.1]", "[64:ff9b::a9fe:a9fe]", "[64:ff9b:1::127.0.0.1]", "[2002:7f00:1::]",
    "[2002:a9fe:a9fe::1]", "[2001:0:7f00:1::1]", "[2001::5ea9:5601:5601]", "[fe80::5efe:127.0.0.1]",
    # digits and dots that are not ASCII, encoded letters
    "１２７.0.0.1", "127。0。0。1", "①②⑦.⓪.⓪.①", "%31%32%37.0.0.1",
    "127%2e0%2e0%2e1", "ⓛⓞⓒⓐⓛⓗⓞⓢⓣ", "𝟏𝟐𝟕.𝟎.𝟎.𝟏",
    "xn--127.0.0.1", "loc\u00adalhost", "loc\u200balhost",
    # who claims to be another
    f"{PUBLIC}@127.0.0.1", "public.island.example:80@127.0.0.1", "a:b@127.0.0.1:8080",
    f"{PUBLIC}:80%40127.0.0.1", f"127.0.0.1\\@{PUBLIC}", f"127.0.0.1%00.{PUBLIC}",
    f"127.0.0.1%2f@{PUBLIC}%2f@127.0.0.1", "127.0.0.1:8080",
    # ports
    "127.0.0.1:0", "public.island.example:0", "public.island.example:65536", "127.0.0.1:00080",
    "127.0.0.1:٨٠",
    # names inside a network
    "metadata", "metadata.google.internal", "printer.local", "router.lan", "wiki.intranet",
    "nas.home.arpa",
    # names that lead inside
    "private.island.example", "loopback.island.example", "metadata.island.example", "mixed.island.example",
    "mixed6.island.example", "mapped.island.example", "nat64.island.example", "sixtofour.island.example",
    "zero.island.example", "127.0.0.1.nip.island.example", "shared.island.example",
)  # fmt: skip
REDIRECTS = (
    "//127.0.0.1/", "///127.0.0.1/", "\\\\127.0.0.1\\", "/\\127.0.0.1/", "http:/127.0.0.1/",
    "http:127.0.0.1", "http:\\\\127.0.0.1/", "HTTP://127.0.0.1/", " http://127.0.0.1/ ",
    "http://127.0.0.1\t/", "http://127.\t0.0.1/", f"http://{PUBLIC}@127.0.0.1/", "http://127.0.0.1?",
    "http://127.0.0.1#", "http://[::1]/", "http://[::1", "file:///etc/passwd", "gopher://127.0.0.1:80/_x",
    "ftp://127.0.0.1/", "dict://127.0.0.1:8080/x", "unix:/run/x", "javascript:alert(1)",
    "data:text/html,x", "https://127.0.0.1/", "http://localhost:8080/",
)  # fmt: skip
NAMES = {
    "public.island.example": [[PUBLIC]],
    "private.island.example": [["10.0.0.1"]],
    "loopback.island.example": [["127.0.0.1"]],
    "127.0.0.1.nip.island.example": [["127.0.0.1"]],
    "metadata.island.example": [["169.254.169.254"]],
    "metadata.google.internal": [["169.254.169.254"]],
    "mixed.island.example": [[PUBLIC, "10.0.0.1"]],
    "mixed6.island.example": [[PUBLIC, "fd00::1"]],
    "mapped.island.example": [["::ffff:127.0.0.1"]],
    "nat64.island.example": [["64:ff9b::7f00:1"]],
    "sixtofour.island.example": [["2002:7f00:1::1"]],
    "zero.island.example": [["0.0.0.0"]],
    "shared.island.example": [["100.64.0.1"]],
    "rebinding.island.example": [[PUBLIC], ["127.0.0.1"]],
    "six.island.example": [[SIX]],
    "both.island.example": [[SIX, PUBLIC]],
}  # fmt: skip
OUTSIDE = frozenset({PUBLIC, "public.island.example"})
ASKED = "http://public.island.example/a"
REBINDING = "http://rebinding.island.example/a"
SHORT = (
    "--set", "links.timeout=2s", "--set", "links.retry=1", "--set", "links.archive=off", "--set",
    "network.concurrency=32", "--output-format", "json", "--fail-on", "never",
)  # fmt: skip


def hostile() -> list[str]:
    addresses = [f"http://{host}/" for host in HOSTS] + [f"https://{host}/" for host in HOSTS[::7]]
    targets = [*addresses, *REDIRECTS]
    return addresses + [f"http://public.island.example/to/{quote(target, safe='')}" for target in targets]


@dataclass(frozen=True, slots=True)
class Visit:
    report: dict[str, Any]
    counted: dict[str, int]
    """Connections by address and port."""

    @property
    def inside(self) -> dict[str, int]:
        return {place: number for place, number in self.counted.items() if place.split()[0] != PUBLIC}


def visit(catalogue: Catalogue, *args: str, has_ipv6: bool = True) -> Visit:
    """What the program says, and who was connected to, on an island."""
    table = catalogue.root / ".git" / "names.json"
    table.write_text(json.dumps(NAMES))
    island = ("tests.end_to_end.island", *(() if has_ipv6 else ("--without-ipv6",)), str(table))
    command = [*UNSHARE, sys.executable, "-m", *island]
    done = subprocess.run(
        [*command, sys.executable, "-m", "enrich", "check", *SHORT, *args],
        cwd=catalogue.root,
        env=clean_environ(),
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
    )
    report, _, counted = done.stdout.rpartition(MARK)
    assert counted, done.stderr
    ended = json.loads(counted)
    assert ended["code"] == 0, done.stderr
    return Visit(json.loads(report), ended["counted"])


@pytest.fixture
def island(catalogue: Catalogue) -> Catalogue:
    """A catalogue for an island; skips where the system allows for none."""
    can = shutil.which("unshare") and shutil.which("ip")
    if not can or subprocess.run([*UNSHARE, "true"], check=False, capture_output=True).returncode:
        pytest.skip("no network namespaces here")
    return catalogue


def write(catalogue: Catalogue, urls: Iterable[str]) -> None:
    for number, url in enumerate(urls):
        link = json.dumps(url)
        text = f"---\ntitle: A\nadditional_links:\n  - {{name: Code, url: {link}}}\n---\n"
        catalogue.write(f"_publications/{number}.md", text)


def is_direct(link: dict[str, Any]) -> bool:
    return not link["url"].startswith("http://public.island.example/to/")


@pytest.mark.parametrize("processes", PROCESSES)
def test_nobody_inside_the_network_is_asked(island: Catalogue, processes: str) -> None:
    write(island, [ASKED, REBINDING, *hostile()])

    told = visit(island, "--set", processes)

    assert told.inside == {}
    by_url = {link["url"]: link["status"] for link in told.report["links"]}
    assert (by_url.pop(ASKED), by_url.pop(REBINDING)) == ("ok", "ok")
    statuses = {link["status"] for link in told.report["links"] if is_direct(link) and link["url"] in by_url}
    assert statuses == {"excluded", "broken"}  # broken: what is no address at all
    for link in told.report["links"]:
        if not is_direct(link):
            assert link["status"] in ("excluded", "unverified", "redirected"), link
            assert all(urlsplit(hop["url"]).hostname in OUTSIDE for hop in link["chain"]), link


@pytest.mark.parametrize("processes", PROCESSES)
def test_those_inside_would_have_been_found(island: Catalogue, processes: str) -> None:
    """What the other tests rest on: these addresses lead to servers that count."""
    write(island, [ASKED, REBINDING, *hostile()])

    told = visit(island, "--set", "network.deny-private=false", "--set", processes)

    addresses = {place.rpartition(" ")[0] for place in told.inside}
    assert {"127.0.0.1", "169.254.169.254", "10.0.0.1", "::1", "fd00:ec2::254", "64:ff9b::7f00:1"} < addresses
    assert {"2002:7f00:1::", "2001:0:7f00:1::1", "100.64.0.1", "198.18.0.1", "192.0.2.1"} < addresses
    assert len(addresses) > 30


def test_no_change_of_mind_between_two_looks_at_a_name_leads_inside(island: Catalogue) -> None:
    urls = [f"http://rebinding.island.example/{number}" for number in range(20)]
    write(island, urls)

    told = visit(island, "--set", "links.hosts.'rebinding.island.example'.concurrency=8")

    assert told.inside == {}
    assert {link["status"] for link in told.report["links"]} == {"ok"}


def test_a_mirror_that_leads_inside_is_not_asked(island: Catalogue) -> None:
    write(island, [ASKED, "http://public.island.example/b"])
    island.write(
        "enrich.toml",
        '[links.remap]\n"http://public.island.example/a" = "http://127.0.0.1/a"\n'
        '"http://public.island.example/*" = "http://private.island.example/*"\n',
    )

    told = visit(island)

    assert told.counted == {}
    assert {link["status"] for link in told.report["links"]} == {"excluded"}


def test_a_proxy_is_never_told_to_go_inside(catalogue: Catalogue, internet: Internet) -> None:
    """Names it resolves itself; addresses and names that are local by their spelling it never hears of."""
    internet.host("public.island.example").get("/a")
    internet.host("public.island.example").page("/to/*", lambda request: redirect(unquote(request.path[4:])))
    write(catalogue, [ASKED, *hostile()])
    catalogue.on(internet)

    report = catalogue.report("check", *SHORT)

    assert {link["url"]: link["status"] for link in report["links"]}[ASKED] == "ok"
    assert internet.log.hosts_asked() <= OUTSIDE | {name for name in NAMES if name.endswith(".example")}


BY_SIX = ("http://six.island.example/a", f"http://[{SIX}]/a")
BY_BOTH = "http://both.island.example/a"


def test_hosts_that_have_only_ipv6_are_reached_by_it(island: Catalogue) -> None:
    write(island, BY_SIX)

    told = visit(island)

    assert {link["url"]: link["status"] for link in told.report["links"]} == dict.fromkeys(BY_SIX, "ok")
    assert {place.rpartition(" ")[0] for place in told.counted} == {SIX}


@pytest.mark.parametrize("processes", PROCESSES)
def test_where_there_is_no_ipv6_nothing_is_broken_for_it(island: Catalogue, processes: str) -> None:
    write(island, [*BY_SIX, BY_BOTH])

    told = visit(island, "--set", processes, has_ipv6=False)

    by_url = {link["url"]: (link["status"], link["reason"]) for link in told.report["links"]}
    assert by_url == {BY_BOTH: ("ok", None)} | dict.fromkeys(BY_SIX, ("unverified", "network"))
    assert not [one for one in told.report["findings"] if one["severity"] == "error"]
