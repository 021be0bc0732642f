"""
Certificates of the internet's own: one authority for the process, a leaf for every host, and the ways in
which a leaf can be wrong.

The leaves share one key, so that a host costs a signature and nothing more.
"""

from __future__ import annotations

import atexit
import datetime as dt
import functools
import ssl
import tempfile
from enum import Enum
from pathlib import Path

import trustme
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

_DAY = dt.timedelta(days=1)


class Tls(Enum):
    """How a host behaves where TLS begins."""

    GOOD = "good"
    EXPIRED = "expired"
    NOT_YET_VALID = "not-yet-valid"
    WRONG_HOST = "wrong-host"
    UNTRUSTED = "untrusted"
    """Signed by an authority that nobody knows."""
    SELF_SIGNED = "self-signed"
    ALERT = "alert"
    """The server says `handshake failure`, as one does that shares no protocol version or cipher."""
    PLAIN = "plain"
    """Plain HTTP where TLS is expected."""
    RESET = "reset"
    CLOSE = "close"
    HANG = "hang"

    @property
    def shows_certificate(self) -> bool:
        return self not in (Tls.ALERT, Tls.PLAIN, Tls.RESET, Tls.CLOSE, Tls.HANG)


HANDSHAKE_FAILURE = b"\x15\x03\x03\x00\x02\x02\x28"
"""A fatal alert, number 40. Source: RFC 8446, 6.2."""


class Authority:
    """Signs for every host. `ca_file` is what a client must trust, and all it must trust."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known = trustme.CA(organization_name="an internet of the tests' own")
        self._stranger = trustme.CA(organization_name="an authority nobody knows")
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._contexts: dict[tuple[str, Tls], ssl.SSLContext] = {}
        self.ca_file = folder / "ca.pem"
        self._known.cert_pem.write_to_path(str(self.ca_file))
        self._key_file = folder / "key.pem"
        self._key_file.write_bytes(self._key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))

    @staticmethod
    @functools.cache
    def shared() -> Authority:
        """The one authority of this process: a certificate is made once for all tests."""
        folder = tempfile.TemporaryDirectory(prefix="internet-")
        atexit.register(folder.cleanup)
        return Authority(Path(folder.name))

    def context(self, host: str, tls: Tls) -> ssl.SSLContext:
        """What the server side needs to play *host*."""
        key = (host, tls)
        if key not in self._contexts:
            self._contexts[key] = self._make_context(host, tls)
        return self._contexts[key]

    def _make_context(self, host: str, tls: Tls) -> ssl.SSLContext:
        file = self._folder / f"leaf-{len(self._contexts)}.pem"
        file.write_bytes(self._certificate(host, tls).public_bytes(Encoding.PEM))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file, self._key_file)
        return context

    def _certificate(self, host: str, tls: Tls) -> x509.Certificate:
        now = dt.datetime.now(dt.UTC)
        begin, end = now - 30 * _DAY, now + 300 * _DAY
        match tls:
            case Tls.EXPIRED:
                end = now - _DAY
            case Tls.NOT_YET_VALID:
                begin = now + _DAY
            case Tls.WRONG_HOST:
                host = "somewhere-else.example"
            case _:
                pass
        return self._sign(self._issuer(tls), host, begin, end)

    def _issuer(self, tls: Tls) -> trustme.CA | None:
        match tls:
            case Tls.SELF_SIGNED:
                return None
            case Tls.UNTRUSTED:
                return self._stranger
            case _:
                return self._known

    def _sign(
        self, issuer: trustme.CA | None, host: str, begin: dt.datetime, end: dt.datetime
    ) -> x509.Certificate:
        subject = x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, "a host of the tests")])
        public = self._key.public_key()
        own_id = x509.SubjectKeyIdentifier.from_public_key(public)
        if issuer is None:
            name, signer, signer_id = subject, self._key, own_id
        else:
            parent = x509.load_pem_x509_certificate(issuer.cert_pem.bytes())
            loaded = load_pem_private_key(issuer.private_key_pem.bytes(), None)
            assert isinstance(loaded, ec.EllipticCurvePrivateKey)
            name, signer = parent.subject, loaded
            signer_id = parent.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(name)
            .public_key(public)
            .serial_number(x509.random_serial_number())
            .not_valid_before(begin)
            .not_valid_after(end)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            # Python 3.13 verifies strictly by default and wants both identifiers.
            .add_extension(own_id, critical=False)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(signer_id), critical=False
            )
            # Not through trustme: it refuses names with `_`, which real catalogues hold.
            .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        )
        return builder.sign(signer, hashes.SHA256())
