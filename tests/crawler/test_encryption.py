"""Whom a crawl believes to be the portal: whoever an authority vouches for, under this name, at this time."""

import datetime as dt
import ssl
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

import pytest
from conftest import House, source
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from portal import Portal, publish

HERE, THERE = x509.IPAddress(ip_address("127.0.0.1")), x509.DNSName("example.org")
FROM, UNTIL = dt.datetime(2020, 1, 1), dt.datetime(2099, 1, 1)
PEM = serialization.Encoding.PEM


@dataclass(frozen=True)
class Vouched:
    """What a portal shows."""

    names: tuple[x509.GeneralName, ...] = (HERE,)
    until: dt.datetime = UNTIL
    ciphers: str = "DEFAULT"


SHOWN = {
    "its own": (Vouched(), "ok"),
    "one for several names": (Vouched((THERE, HERE)), "ok"),
    "its own, in the way of old portals": (Vouched(ciphers="AES128-SHA"), "ok"),
    "that of another host": (Vouched((THERE,)), "unreachable"),
    "one without a name": (Vouched(()), "unreachable"),
    "one that has run out": (Vouched(until=dt.datetime(2021, 1, 1)), "unreachable"),
}


@pytest.fixture(scope="module")
def authority() -> tuple[rsa.RSAPrivateKey, x509.Certificate]:
    key = rsa.generate_private_key(65537, 2048)
    name = _name("Authority")
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), FROM, UNTIL)
    return key, builder.add_extension(x509.BasicConstraints(True, None), True).sign(key, hashes.SHA256())


@pytest.mark.parametrize("what", SHOWN)
def test_a_portal_is_believed_by_its_certificate(
    house: House,
    tmp_path: Path,
    authority: tuple[rsa.RSAPrivateKey, x509.Certificate],
    monkeypatch: pytest.MonkeyPatch,
    what: str,
) -> None:
    shown, verdict = SHOWN[what]
    (tmp_path / "authority.pem").write_bytes(authority[1].public_bytes(PEM))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    with Portal(_context(tmp_path / "portal.pem", shown, *authority)) as portal:
        publish(portal, 1)
        assert house.one(source(portal.base)).verdict == verdict
    refused = house.column("SELECT DISTINCT kind FROM issues WHERE subject = '127.0.0.1'")
    assert refused == [] if verdict == "ok" else ["certificate"]


def _context(
    path: Path, shown: Vouched, key: rsa.RSAPrivateKey, authority: x509.Certificate
) -> ssl.SSLContext:
    """The portal has the key of the authority, which saves making one."""
    builder = x509.CertificateBuilder(
        authority.subject,
        _name("Portal"),
        key.public_key(),
        x509.random_serial_number(),
        FROM,
        shown.until,
    )
    if shown.names:
        builder = builder.add_extension(x509.SubjectAlternativeName(shown.names), False)
    secret = key.private_bytes(PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path.write_bytes(secret + builder.sign(key, hashes.SHA256()).public_bytes(PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.set_ciphers(shown.ciphers)
    if shown.ciphers != "DEFAULT":
        context.maximum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(path)
    return context


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])
