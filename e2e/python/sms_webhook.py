"""Text messages that a program of the operator's receives: signed posts, whose code confirms a user."""

import hashlib
import hmac
import http.server
import json
import queue
import re
import socket
import threading

from walk import MAIL_WAIT_SECONDS, PASSWORD, client, main, new_client, ok, same

SECRET, TOKEN = b"a-secret-of-webhooks", "a-token-of-webhooks"
ROLE = "arn:aws:iam::000000000000:role/sms"


class Gateway:
    """An HTTP server on the socket that the harness hands over."""

    def __init__(self):
        self.received = queue.Queue()
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):  # noqa: N802
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outer.received.put((self.path, dict(self.headers), body))
                self.send_response(204)
                self.end_headers()

            def log_message(self, *_):
                pass

        server = http.server.ThreadingHTTPServer(("", 0), Handler, bind_and_activate=False)
        server.socket.close()
        server.socket = socket.socket(fileno=0)
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()

    def next(self):
        path, headers, body = self.received.get(timeout=MAIL_WAIT_SECONDS)
        headers = {name.lower(): value for name, value in headers.items()}
        same(path, "/send", "path")
        same(headers["authorization"], f"Bearer {TOKEN}", "token")
        given = dict(part.split("=", 1) for part in headers["x-poolhouse-signature"].split(","))
        signed = hmac.new(SECRET, given["t"].encode() + b"." + body, hashlib.sha256).hexdigest()
        same(given["v1"], signed, "signature")
        return json.loads(body)


def walk():
    gateway = Gateway()
    admin, public = client(), client()
    pool = admin.create_user_pool(
        PoolName="sms", AutoVerifiedAttributes=["phone_number"],
        SmsConfiguration={"SnsCallerArn": ROLE},
    )["UserPool"]["Id"]
    app = new_client(admin, pool)
    public.sign_up(
        ClientId=app, Username="ada", Password=PASSWORD,
        UserAttributes=[{"Name": "phone_number", "Value": "+15555550100"}],
    )
    message = gateway.next()
    same((message["to"], message["medium"]), ("+15555550100", "SMS"), "where it goes")
    code = re.search(r"\b\d{6}\b", message["body"]).group()
    public.confirm_sign_up(ClientId=app, Username="ada", ConfirmationCode=code)
    ok("a signed post held the text message, and its code confirmed the user")
    assert gateway.received.empty(), "each message once"


main(walk)
