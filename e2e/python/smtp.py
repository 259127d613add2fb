"""Mail that a real SMTP server receives: its code confirms a user, and another sets a new password."""

import asyncio
import email
import email.policy
import queue
import re
import socket
import threading

from aiosmtpd.smtp import SMTP

from walk import MAIL_WAIT_SECONDS, PASSWORD, client, main, new_client, new_pool, ok, same

NEW_PASSWORD = "Another-horse-8"


class Mailbox:
    """An SMTP server on the socket that the harness hands over."""

    def __init__(self):
        self.received = queue.Queue()
        listening = socket.socket(fileno=0)
        loop = asyncio.new_event_loop()

        async def serve():
            await loop.create_server(lambda: SMTP(self, loop=loop), sock=listening)

        loop.run_until_complete(serve())
        threading.Thread(target=loop.run_forever, daemon=True).start()

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        self.received.put((envelope, message))
        return "250 Message accepted"

    def next(self):
        return self.received.get(timeout=MAIL_WAIT_SECONDS)


def code_in(message):
    plain = message.get_body(("plain",)).get_content()
    html = message.get_body(("html",)).get_content()
    codes = re.findall(r"\b\d{6}\b", plain)
    same(codes, re.findall(r"\b\d{6}\b", html), "the code in both forms")
    same(len(codes), 1, "codes in the mail")
    return codes[0]


def walk():
    mailbox = Mailbox()
    admin, public = client(), client()
    pool = new_pool(admin, "smtp", mfa="OFF")
    app = new_client(admin, pool)

    public.sign_up(
        ClientId=app, Username="ada", Password=PASSWORD,
        UserAttributes=[{"Name": "email", "Value": "ada@example.com"}],
    )
    envelope, message = mailbox.next()
    same(envelope.rcpt_tos, ["ada@example.com"], "recipients")
    same(envelope.mail_from, "no-reply@example.com", "sender")
    same(message["From"].addresses[0].display_name, "Poolhouse", "name of the sender")
    same(message["Subject"], "Your verification code", "subject")
    public.confirm_sign_up(ClientId=app, Username="ada", ConfirmationCode=code_in(message))
    ok("a mail arrived, and its code confirmed the user")

    signed_in = public.initiate_auth(
        ClientId=app, AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": "ada", "PASSWORD": PASSWORD},
    )
    assert signed_in["AuthenticationResult"]["AccessToken"]
    public.forgot_password(ClientId=app, Username="ada")
    envelope, message = mailbox.next()
    same(message["Subject"], "Your password reset code", "subject")
    public.confirm_forgot_password(
        ClientId=app, Username="ada", ConfirmationCode=code_in(message), Password=NEW_PASSWORD,
    )
    public.initiate_auth(
        ClientId=app, AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": "ada", "PASSWORD": NEW_PASSWORD},
    )
    ok("another mail set a new password")
    assert mailbox.received.empty(), "each message once"


main(walk)
