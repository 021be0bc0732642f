"""The whole of `Http` over real connections on this machine."""

from __future__ import annotations

import asyncio
import base64
import ssl
from typing import TYPE_CHECKING

import pytest
import trustme

from enrich.config import Links, Network
from enrich.errors import UsageError
from enrich.http import ApiRequest, ApiResponse, Http, Names
from enrich.http.connection import Connection, dial
from enrich.http.proxies import Proxies
from enrich.http.transport import PoolTransport, tls_context
from enrich.links import Trouble, canonical_url
from tests.http.serving import PUBLIC, PublicInternet, Server, answered, serving

if TYPE_CHECKING:
    from collections.abc import Sequence

    from enrich.links import Observation

TLS = tls_context()
HOSTS = {
    "acme.org": (PUBLIC,),
    "inside.acme.org": ("127.0.0.1",),
    "metadata.acme.org": ("169.254.169.254",),
    "mixed.acme.org": (PUBLIC, "127.0.0.1"),
}


async def look_up(host: str) -> Sequence[str]:
    return HOSTS.get(host, (host,))


def http_on(server: Server, proxies: Proxies | None = None, network: Network | None = None) -> Http:
    """A network in which PUBLIC is *server*, and 127.0.0.1 is this machine."""
    names = Names(look_up)
    transport = PoolTransport(names, TLS, proxies, dial=PublicInternet(server.port))
    links = Links(timeout_s=5.0, retry=0)
    return Http(network or Network(), links, version="1.0", transport=transport, names=names)


async def fetch(http: Http, url: str, *, method: str = "GET") -> Observation:
    canonical = canonical_url(url)
    assert canonical is not None
    return (await http.fetch(canonical, http.budget(), method=method)).observation


ATTEMPTS = [
    "http://127.0.0.1:{port}/",
    "http://2130706433:{port}/",
    "http://0x7f000001:{port}/",
    "http://0177.0.0.1:{port}/",
    "http://127.1:{port}/",
    "http://localhost:{port}/",
    "http://0.0.0.0:{port}/",
    "http://[::1]:{port}/",
    "http://[::ffff:127.0.0.1]:{port}/",
    "http://[::127.0.0.1]:{port}/",
    "http://[64:ff9b::127.0.0.1]:{port}/",
    "http://inside.acme.org:{port}/",
    "http://mixed.acme.org:{port}/",
    "http://metadata.acme.org/latest/meta-data/",
    "https://inside.acme.org:{port}/",
]


@pytest.mark.parametrize("written", ATTEMPTS)
def test_no_link_reaches_a_private_server(written: str) -> None:
    async def scenario() -> tuple[Observation, int]:
        async with serving(lambda _: answered()) as server, http_on(server) as http:
            return await fetch(http, written.format(port=server.port)), server.connections

    observation, connections = asyncio.run(scenario())

    assert observation.trouble is Trouble.PRIVATE
    assert connections == 0


@pytest.mark.parametrize("written", ATTEMPTS)
def test_no_redirect_reaches_a_private_server(written: str) -> None:
    async def scenario() -> tuple[Observation, int, int]:
        async with serving(lambda _: answered()) as secret:
            target = written.format(port=secret.port)
            answer = answered("302 Found", f"Location: {target}")
            async with serving(lambda _: answer) as server, http_on(server) as http:
                observation = await fetch(http, "http://acme.org/")
                return observation, server.connections, secret.connections

    observation, asked, reached = asyncio.run(scenario())

    assert observation.trouble is Trouble.PRIVATE
    assert [hop.code for hop in observation.hops] == [302]
    assert (asked, reached) == (1, 0)


def test_a_public_host_is_asked_by_its_name() -> None:
    async def scenario() -> tuple[Observation, bytes]:
        async with serving(lambda _: answered(body=b"hello")) as server, http_on(server) as http:
            return await fetch(http, "http://acme.org/a?b#c"), server.requests[0]

    observation, request = asyncio.run(scenario())

    assert observation.code == 200
    assert request.startswith(b"GET /a?b HTTP/1.1\r\nHost: acme.org\r\n")


def test_a_connection_serves_several_heads() -> None:
    async def scenario() -> tuple[int, int]:
        async with serving(lambda _: answered()) as server, http_on(server) as http:
            for _ in range(5):
                assert (await fetch(http, "http://acme.org/", method="HEAD")).code == 200
            return server.connections, len(server.requests)

    assert asyncio.run(scenario()) == (1, 5)


def test_an_endpoint_may_be_local_and_stays_the_only_one() -> None:
    async def scenario() -> tuple[ApiResponse, Observation, int]:
        async with serving(lambda _: answered(body=b"yes")) as server, http_on(server) as http:
            url = f"http://127.0.0.1:{server.port}/api"
            answer = await http.call(ApiRequest(url, "arxiv"))
            assert isinstance(answer, ApiResponse)
            return answer, await fetch(http, url), len(server.requests)

    answer, link, requests = asyncio.run(scenario())

    assert (answer.status, answer.content) == (200, b"yes")
    assert link.trouble is Trouble.PRIVATE
    assert requests == 1


def test_a_link_may_be_local_where_the_configuration_says_so() -> None:
    async def scenario() -> Observation:
        async with serving(lambda _: answered()) as server:
            names = Names(look_up)
            transport = PoolTransport(names, TLS, deny_private=False)
            network = Network(deny_private=False)
            async with Http(network, Links(), version="1.0", transport=transport, names=names) as http:
                return await fetch(http, f"http://127.0.0.1:{server.port}/")

    assert asyncio.run(scenario()).code == 200


def test_through_a_proxy_the_whole_address_is_asked_of_the_proxy_which_gets_its_password() -> None:
    async def scenario() -> tuple[Observation, bytes]:
        async with serving(lambda _: answered()) as server:
            proxies = Proxies((("http", f"http://user:secret@127.0.0.1:{server.port}"),))
            async with http_on(server, proxies) as http:
                return await fetch(http, "http://elsewhere.org/a"), server.requests[0]

    observation, request = asyncio.run(scenario())

    assert observation.code == 200
    assert request.startswith(b"GET http://elsewhere.org/a HTTP/1.1\r\n")
    assert b"Proxy-Authorization: Basic " + base64.b64encode(b"user:secret") in request


def test_a_proxy_may_be_spoken_to_over_tls_and_its_certificate_is_verified() -> None:
    authority, stranger = trustme.CA(), trustme.CA()
    server_tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(server_tls)

    async def scenario(known: trustme.CA) -> Observation:
        client_tls = ssl.create_default_context()
        known.configure_trust(client_tls)
        async with serving(lambda _: answered(), server_tls) as server:
            proxies = Proxies((("http", f"https://127.0.0.1:{server.port}"),))
            names = Names(look_up)
            transport = PoolTransport(names, client_tls, proxies)
            async with Http(Network(), Links(), version="1.0", transport=transport, names=names) as http:
                return await fetch(http, "http://elsewhere.org/")

    assert asyncio.run(scenario(authority)).code == 200
    assert asyncio.run(scenario(stranger)).trouble is Trouble.TLS


@pytest.mark.parametrize("written", [url for url in ATTEMPTS if "acme.org" not in url])
def test_through_a_proxy_no_literal_private_address_is_asked(written: str) -> None:
    async def scenario() -> tuple[Observation, int]:
        async with serving(lambda _: answered()) as server:
            proxies = Proxies(
                tuple((scheme, f"http://127.0.0.1:{server.port}") for scheme in ("http", "https"))
            )
            async with http_on(server, proxies) as http:
                return await fetch(http, written.format(port=server.port)), server.connections

    observation, connections = asyncio.run(scenario())

    assert observation.trouble is Trouble.PRIVATE
    assert connections == 0


@pytest.mark.parametrize(
    ("answer", "trouble", "detail"),
    [
        (answered("502 Bad Gateway"), Trouble.PROXY, "the proxy can't reach the host (502 Bad Gateway)"),
        (
            answered("502 Bad Gateway", 'Proxy-Status: p; error=dns_error; rcode="NXDOMAIN"'),
            Trouble.NO_HOST,
            "no such host, says the proxy",
        ),
        (
            answered("503 Service Unavailable", "X-Squid-Error: ERR_DNS_FAIL 0"),
            Trouble.PROXY,
            "the proxy can't resolve the host's name",
        ),
    ],
)
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_what_a_proxy_says_of_a_host_is_kept(
    scheme: str, answer: bytes, trouble: Trouble, detail: str
) -> None:
    async def scenario() -> Observation:
        async with serving(lambda _: answer) as server:
            proxies = Proxies(((scheme, f"http://127.0.0.1:{server.port}"),))
            async with http_on(server, proxies) as http:
                return await fetch(http, f"{scheme}://elsewhere.org/")

    observation = asyncio.run(scenario())

    if scheme == "http" and trouble is Trouble.PROXY and b"Squid" not in answer:
        assert observation.code == 502  # in plain HTTP it looks like the host's own
    else:
        assert (observation.trouble, observation.detail) == (trouble, detail)


def test_a_body_after_head_is_not_taken_for_the_next_answer() -> None:
    def answer(request: bytes) -> bytes:
        body = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
        head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n\r\n".encode()
        return head + body if request.startswith(b"HEAD") else answered()

    async def scenario() -> list[int | None]:
        async with serving(answer) as server, http_on(server) as http:
            return [
                (await fetch(http, f"http://acme.org/{number}", method=method)).code
                for number, method in enumerate(["HEAD", "GET", "HEAD", "GET"])
            ]

    assert asyncio.run(scenario()) == [200, 200, 200, 200]


@pytest.mark.parametrize("variable", ["SSL_CERT_FILE", "SSL_CERT_DIR"])
def test_certificates_that_can_not_be_read_stop_the_run(
    variable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("SSL_CERT_FILE", "SSL_CERT_DIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv(variable, "/nowhere")

    if variable == "SSL_CERT_DIR":
        assert tls_context().get_ca_certs() == []
    else:
        with pytest.raises(UsageError, match="SSL_CERT_FILE"):
            tls_context()


def test_a_connection_that_ended_while_it_waited_costs_no_answer_and_no_try() -> None:
    asked: list[bytes] = []

    async def answer_once(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(answered())
        await reader.readexactly(1)  # the end, as it were, crosses the next request on its way
        writer.close()

    async def scenario() -> list[int | None]:
        listening = await asyncio.start_server(answer_once, "127.0.0.1", 0)
        server = Server(listening.sockets[0].getsockname()[1])
        async with http_on(server) as http:
            codes = [(await fetch(http, f"http://acme.org/{number}")).code for number in range(3)]
        listening.close()
        await asyncio.sleep(0.01)
        return codes

    assert asyncio.run(scenario()) == [200, 200, 200]
    assert len(asked) == 3


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_links_and_endpoints_share_no_connection(scheme: str) -> None:
    """An endpoint may be reached unguarded, so a link must not ride on its connection."""
    authority = trustme.CA()
    server_tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("acme.org").configure_cert(server_tls)
    client_tls = ssl.create_default_context()
    authority.configure_trust(client_tls)

    async def scenario() -> tuple[object, Observation, int]:
        async with serving(lambda _: answered(), server_tls if scheme == "https" else None) as server:

            async def dial_there(_address: str, _port: int, timeout_s: float) -> Connection:
                return await dial("127.0.0.1", server.port, timeout_s)

            names = Names(look_up)
            transport = PoolTransport(names, client_tls, dial=dial_there)
            async with Http(Network(), Links(retry=0), version="1", transport=transport, names=names) as http:
                told = await http.call(ApiRequest(f"{scheme}://acme.org/api", "arxiv", retry=0))
                link = await fetch(http, f"{scheme}://acme.org/api")
                return told, link, len(server.requests)

    told, link, requests = asyncio.run(scenario())

    assert isinstance(told, ApiResponse)
    assert link.trouble is Trouble.PRIVATE  # the peer is not the address that was checked
    assert requests == 1
