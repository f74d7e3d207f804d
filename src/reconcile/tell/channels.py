"""The ways an operator is reached: mail, a chat's webhook, a command. Each sends a text, or raises why it could not."""

from __future__ import annotations

import json
import smtplib
import ssl
import subprocess
from collections.abc import Callable
from email.message import EmailMessage
from urllib.request import ProxyHandler, Request, build_opener

from reconcile.settings import Tell

Send = Callable[[Tell, str, str], None]
"""Sends a subject and a text, as the settings say."""


def mail(tell: Tell, subject: str, text: str) -> None:
    """Send a mail.

    Raises:
        OSError: when the server cannot be reached, or refuses (``smtplib.SMTPException`` is one).

    """
    message = EmailMessage()
    message["Subject"] = subject
    message["From"] = tell.mail_from
    message["To"] = ", ".join(tell.mail_to)
    message.set_content(text)
    secure = ssl.create_default_context(cafile=tell.smtp_ca)
    host, port, timeout = tell.smtp_host or "", tell.smtp_port, tell.timeout
    is_tls = tell.smtp_security == "tls"
    with smtplib.SMTP_SSL(host, port, timeout=timeout, context=secure) if is_tls else smtplib.SMTP(host, port, timeout=timeout) as server:
        if tell.smtp_security == "starttls":
            server.starttls(context=secure)
        if tell.smtp_user and tell.smtp_password:
            server.login(tell.smtp_user, tell.smtp_password.get_secret_value())
        server.send_message(message)


def webhook(tell: Tell, subject: str, text: str) -> None:
    """Post the body of the settings to the address of a chat; ``$text`` in it becomes subject and text, quoted for JSON.

    Raises:
        OSError: when it cannot be reached, or answers with an error.

    """
    quoted = json.dumps(f"{subject}\n\n{text}", ensure_ascii=False)[1:-1]
    body = tell.webhook_body.replace("$text", quoted).encode()
    request = Request(tell.webhook or "", body, {"Content-Type": "application/json; charset=utf-8"})  # noqa: S310 - the operator's address
    handlers = [] if tell.webhook_proxy else [ProxyHandler({})]
    with build_opener(*handlers).open(request, timeout=tell.timeout):
        pass


def command(tell: Tell, subject: str, text: str) -> None:
    """Run a program with subject and text on its standard input.

    Raises:
        OSError: when it cannot be started.
        subprocess.SubprocessError: when it fails, or takes too long.

    """
    told = f"{subject}\n\n{text}\n".encode()
    subprocess.run(tell.command, input=told, check=True, timeout=tell.timeout, stdout=subprocess.DEVNULL)  # noqa: S603 - the operator's


def configured(tell: Tell) -> dict[str, Send]:
    """The ways that the settings name."""
    ways: dict[str, Send] = {"mail": mail, "webhook": webhook, "command": command}
    return {name: ways[name] for name in tell.ways()}
