"""The real server behind TLS, with a certificate made for the test: by password, and by the identity provider."""

from __future__ import annotations

import datetime as dt
import ipaddress
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import certifi
import pytest
import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from support.identity_provider import CLIENT, SECRET, IdentityProvider, identity_provider
from support.screens import wait_for_answer
from support.signing_in import add_user, sign_in
from websockets.exceptions import InvalidHandshake
from websockets.sync.client import connect

from dashboard.server import command
from detection.accounts.opening import open_accounts
from features.workspace import open_workspace

SETTINGS = """
issuer = "{issuer}"
client_id = "{client}"
client_secret_file = "{secret}"
[roles]
inspectors = "inspector"
"""


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate of this machine that holds for an hour, and its key."""
    folder = tmp_path_factory.mktemp("tls")
    key, name = (
        ec.generate_private_key(ec.SECP256R1()),
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test")]),
    )
    now = dt.datetime.now(dt.UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(minutes=5))
        .not_valid_after(now + dt.timedelta(hours=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    files = folder / "cert.pem", folder / "key.pem"
    files[0].write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    files[1].write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return files


@pytest.fixture(scope="module")
def provider() -> Iterator[IdentityProvider]:
    with identity_provider(sub="u-7", preferred_username="chen", groups=["inspectors"]) as provider:
        yield provider


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = open_workspace(tmp_path_factory.mktemp("behind_tls") / "ws", create=True).root
    add_user(root, "wang")
    return root


@pytest.fixture(scope="module")
def address(
    workspace: Path,
    certificate: tuple[Path, Path],
    provider: IdentityProvider,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    """The server with TLS and the provider; this process trusts its certificate."""
    folder = tmp_path_factory.mktemp("server")
    (folder / "secret").write_text(SECRET)
    settings = SETTINGS.format(issuer=provider.issuer, client=CLIENT, secret=folder / "secret")
    (folder / "oidc.toml").write_text(settings)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    options = ["--tls-cert", *map(str, certificate[:1]), "--tls-key", str(certificate[1])]
    words = [*command(workspace, port), *options, "--oidc", str(folder / "oidc.toml")]
    log = folder / "log"
    with pytest.MonkeyPatch.context() as patched, log.open("w") as out:
        for variable in ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE"):
            patched.setenv(variable, str(certificate[0]))
        process = subprocess.Popen(words, stdout=out, stderr=subprocess.STDOUT)
        try:
            wait_for_answer(f"https://127.0.0.1:{port}", process, log)
            yield f"https://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(30)


def test_a_password_signs_in_and_its_cookie_goes_over_tls_alone(address: str) -> None:
    wang = sign_in(address, "wang")
    assert wang.get(f"{address}/_stcore/health", timeout=30).text == "ok"
    [cookie] = [cookie for cookie in wang.cookies if "session" in cookie.name]
    assert cookie.secure and cookie.name.startswith("__Host-")
    answer = wang.get(f"{address}/", timeout=30)
    assert "max-age" in answer.headers["Strict-Transport-Security"]


def test_the_provider_sends_browsers_back_over_tls(address: str, workspace: Path) -> None:
    chen = requests.Session()
    left = chen.get(
        f"{address}/login/provider", params={"next": "/alerts"}, timeout=30, allow_redirects=False
    )
    back = requests.get(left.headers["location"], timeout=30, allow_redirects=False).headers["location"]
    assert back.startswith(f"{address}/login/provider/back?")
    entered = chen.get(back, timeout=30, allow_redirects=False)
    assert entered.headers["location"] == "/alerts"
    assert chen.get(f"{address}/session", timeout=30).status_code == 204
    user = open_accounts(workspace).store.user("chen")
    assert user is not None and user.role == "inspector"


def test_without_tls_or_trust_nothing_is_answered(address: str) -> None:
    with pytest.raises(requests.ConnectionError):
        requests.get(address.replace("https", "http"), timeout=30)
    with pytest.raises(requests.exceptions.SSLError):
        requests.get(address, timeout=30, verify=certifi.where())
    with (
        pytest.raises((InvalidHandshake, OSError)),
        connect(f"{address.replace('https', 'ws')}/_stcore/stream"),
    ):
        pass
