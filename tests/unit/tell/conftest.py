"""Receivers on loopback, on ports the system chooses: a mail server that asks for encryption and a password, a chat, a command."""

import datetime as dt
import ipaddress
import json
import ssl
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec


@pytest.fixture(scope="session")
def certificate(tmp_path_factory):
    """A certificate of this machine that vouches for itself: its file, and that of its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    built = x509.CertificateBuilder(
        name, name, key.public_key(), 1, dt.datetime(2020, 1, 1, tzinfo=dt.UTC), dt.datetime(2120, 1, 1, tzinfo=dt.UTC)
    )
    names = x509.SubjectAlternativeName([x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    signed = built.add_extension(names, critical=False).add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    folder = tmp_path_factory.mktemp("certificate")
    (folder / "cert.pem").write_bytes(signed.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "key.pem").write_bytes(private)
    return folder / "cert.pem", folder / "key.pem"


class MailServer(Controller):
    """Keeps what it gets from those who know the password."""

    def __init__(self, certificate):
        secure = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        secure.load_cert_chain(*certificate)
        options = {"tls_context": secure, "require_starttls": True, "auth_required": True, "authenticator": self.authenticate}
        super().__init__(self, hostname="127.0.0.1", port=0, **options)
        self.mails = []

    def authenticate(self, _server, _session, _envelope, _mechanism, given):
        return AuthResult(success=(given.login, given.password) == (b"operator", b"secret"))

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802 - the library's name
        self.mails.append(envelope)
        return "250 OK"

    def _trigger_server(self):
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


class Chat(BaseHTTPRequestHandler):
    """Keeps the bodies it gets; fails as long as it is told to."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if not self.server.is_down:
            self.server.bodies.append(json.loads(body))  # before the answer, which lets the test go on
        self.send_response(500 if self.server.is_down else 200)
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture
def mail_server(certificate):
    server = MailServer(certificate)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def chat():
    server = HTTPServer(("127.0.0.1", 0), Chat)
    server.bodies, server.is_down = [], False
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def by_command(tmp_path):
    """A command that appends what it is told to a file."""
    heard = tmp_path / "heard.txt"
    heard.touch()
    program = f"import sys; open({str(heard)!r}, 'a', encoding='utf-8').write(sys.stdin.buffer.read().decode())"
    return {"command": [sys.executable, "-c", program]}, heard
