"""Lambda functions, as the trigger stories write them: a real HTTP server that answers events.

The harness listens before the server starts, and hands the listening socket over as standard input. A
function is reached in both wired forms: at a URL of its own (`--lambda-functions`), and through the Invoke
API of AWS Lambda (`--lambda-endpoint`), whose signature is checked with botocore.
"""

import http.server
import json
import socket
import threading
import urllib.parse

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from walk import ACCOUNT, REGION

INVOKE = "/2015-03-31/functions/"
KEY, SECRET = "AKIDFUNCTIONS", "a-secret-of-functions"


class Refused(Exception):
    """What a function raises to refuse; its text reaches the client."""


class Answer(Exception):
    """Raised to answer with these bytes, whatever they are."""


def mapped(name):
    """The ARN of a function that has a URL."""
    return f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:{name}"


def invoked(name):
    """The ARN of a function that is behind the Invoke API."""
    return mapped(f"{name}-invoked")


def signed_by_the_key(handler, body):
    """Whether botocore makes the same signature for what came."""
    given = handler.headers["Authorization"] or ""
    if not given.startswith(f"AWS4-HMAC-SHA256 Credential={KEY}/"):
        return False
    fields = dict(part.strip().split("=", 1) for part in given.split(" ", 1)[1].split(","))
    url = f"http://{handler.headers['Host']}{handler.path}"
    signed = {name: handler.headers[name] for name in fields["SignedHeaders"].split(";")}
    request = AWSRequest("POST", url, data=body, headers=signed)
    request.context["timestamp"] = handler.headers["X-Amz-Date"]
    auth = SigV4Auth(Credentials(KEY, SECRET), "lambda", REGION)
    text = auth.string_to_sign(request, auth.canonical_request(request))
    return auth.signature(text, request) == fields["Signature"]


class Functions:
    """The functions of a story by their names, and the events they have got."""

    def __init__(self, **functions):
        self.functions, self.calls, self.signed = functions, [], []
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):  # noqa: N802
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outer.serve(self, body)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("", 0), Handler, bind_and_activate=False)
        self.server.socket.close()
        self.server.socket = socket.socket(fileno=0)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def serve(self, handler, body):
        path = urllib.parse.unquote(handler.path)
        if path.startswith(INVOKE):
            name = path.removeprefix(INVOKE).removesuffix("/invocations").rsplit(":", 1)[1]
            self.signed.append(signed_by_the_key(handler, body))
        else:
            name = path.removeprefix("/")
        event = json.loads(body)
        self.calls.append((name, event))
        failed = False
        try:
            self.functions[name.removesuffix("-invoked")](event)
            answer = json.dumps(event).encode()
        except Answer as given:
            answer = given.args[0]
        except Refused as refusal:
            failed = True
            error = {"errorMessage": str(refusal), "errorType": "Refused"}
            answer = json.dumps(error).encode()
        handler.send_response(200)
        if failed:
            handler.send_header("X-Amz-Function-Error", "Unhandled")
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", str(len(answer)))
        handler.end_headers()
        handler.wfile.write(answer)

    def taken(self):
        """The events since the last call: pairs of a function's name and its event."""
        calls, self.calls = self.calls, []
        return calls

    def sources(self):
        return [event["triggerSource"] for _, event in self.taken()]
