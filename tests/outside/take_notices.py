"""Takes notices as others do, with libraries that are not ours: take_notices.py FOLDER

Writes the certificate of its second mail server, which takes mails after STARTTLS and a login alone, into the folder.
Prints one JSON line with where it listens and how its browser is reached, reads the webhook's secret from standard input,
then prints a JSON line for each thing that it has taken and verified: an event (Standard Webhooks, CloudEvents), a mail
(SMTP), a push message (RFC 8291, VAPID).
"""

import base64
import json
import sys
from datetime import datetime, timedelta, timezone
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import socket
from ssl import PROTOCOL_TLS_SERVER, SSLContext
from threading import Lock

import http_ece
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cloudevents.core.bindings.http import HTTPMessage, from_http_event
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from cryptography.x509.oid import NameOID
from py_vapid import Vapid02
from standardwebhooks import Webhook

lock = Lock()
secret = None
browser = ec.generate_private_key(ec.SECP256R1())
auth = b"0123456789abcdef"


def say(what):
    with lock:
        sys.stdout.write(json.dumps(what) + "\n")
        sys.stdout.flush()


def base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class Taking(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        headers = {name.lower(): value for name, value in self.headers.items()}
        try:
            say(event(headers, body) if self.path == "/event" else push(headers, body))
            self.send_response(201)
        except Exception as error:  # whatever it is, the test has to see it
            say({"refused": repr(error)})
            self.send_response(400)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


def event(headers, body):
    Webhook(secret).verify(body, headers)
    read = from_http_event(HTTPMessage(headers, body))
    assert headers["webhook-id"] == read.get_id()
    return {
        "event": {
            "specversion": read.get_specversion(),
            "type": read.get_type(),
            "source": read.get_source(),
            "subject": read.get_subject(),
            "time": read.get_time().isoformat(),
            "data": read.get_data(),
        }
    }


def push(headers, body):
    assert headers["content-encoding"] == "aes128gcm" and headers["ttl"].isdigit()
    assert Vapid02.verify(headers["authorization"])
    token = headers["authorization"].split("t=")[1].split(",")[0]
    claims = token.split(".")[1]
    claims = json.loads(base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))
    message = http_ece.decrypt(body, private_key=browser, auth_secret=auth, version="aes128gcm")
    return {"push": json.loads(message), "claims": claims}


class Mails:
    async def handle_DATA(self, server, session, envelope):
        mail = message_from_bytes(envelope.content, policy=policy.default)
        say({
            "mail": {
                "from": envelope.mail_from,
                "to": envelope.rcpt_tos,
                "subject": str(mail["subject"]),
                "date": str(mail["date"].datetime.isoformat()),
                "text": mail.get_content().strip(),
                "whole": envelope.content.decode("ascii"),
            }
        })
        return "250 OK"


http = ThreadingHTTPServer(("127.0.0.1", 0), Taking)
def free_port():  # aiosmtpd wants to know its port beforehand
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def certificate(folder):
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(timezone.utc)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(7).not_valid_before(now - timedelta(1)).not_valid_after(now + timedelta(1))
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), False)
    made = made.add_extension(x509.BasicConstraints(False, None), True).sign(key, SHA256())
    pem, key_pem = f"{folder}/mail.pem", f"{folder}/mail.key"
    open(pem, "wb").write(made.public_bytes(Encoding.PEM))
    open(key_pem, "wb").write(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    context = SSLContext(PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem, key_pem)
    return context


def login(server, session, envelope, mechanism, data):
    right = mechanism == "PLAIN" and (data.login, data.password) == (b"xunan", b"pass word")
    return AuthResult(success=right, handled=False)


smtp_port, strict_port = free_port(), free_port()
Controller(Mails(), hostname="127.0.0.1", port=smtp_port).start()
strict = {"require_starttls": True, "auth_required": True, "authenticator": login}
context = certificate(sys.argv[1])
Controller(Mails(), hostname="localhost", port=strict_port, tls_context=context, **strict).start()
point = browser.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
say({
    "http": http.server_port,
    "smtp": smtp_port,
    "strict_smtp": strict_port,
    "p256dh": base64url(point),
    "auth": base64url(auth),
})
secret = sys.stdin.readline().strip()
http.serve_forever()
