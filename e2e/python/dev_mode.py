"""`poolhouse dev --fixed-code 123456`: any access key, one code, and a mailbox over HTTP."""

import requests

from walk import ENDPOINT, PASSWORD, Person, client, main, new_client, new_pool, ok, same

ADDRESS = "ann@example.com"


def walk():
    admin, public = client(keys=("test", "test")), client(keys=("other", "thing"))
    pool = new_pool(admin, "local", mfa="OFF")
    same([found["Id"] for found in public.list_user_pools(MaxResults=5)["UserPools"]], [pool])
    ok("any access key administers")
    app = new_client(admin, pool)
    public.sign_up(
        ClientId=app,
        Username="ann",
        Password=PASSWORD,
        UserAttributes=[{"Name": "email", "Value": ADDRESS}],
    )
    answer = requests.get(f"{ENDPOINT}/_poolhouse/messages", params={"to": ADDRESS}, timeout=60)
    same(answer.status_code, 200, "status")
    messages = answer.json()["messages"]
    same([(message["to"], message["code"]) for message in messages], [(ADDRESS, "123456")])
    ok("the message can be read over HTTP, and its code is the fixed one")
    nobody = {"to": "nobody@example.com"}
    answer = requests.get(f"{ENDPOINT}/_poolhouse/messages", params=nobody, timeout=60)
    same(answer.json()["messages"], [])
    public.confirm_sign_up(ClientId=app, Username="ann", ConfirmationCode="123456")
    Person(public, pool, app, "ann").sign_in()
    ok("signed up and in")


if __name__ == "__main__":
    main(walk)
