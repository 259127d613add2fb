"""What an administrator decided and was told is decided outlives `kill -9` in the next moment.

Called twice for one story, with the phase as its argument and a file to remember by: the harness
starts the server again in between.
"""

import json
import os
import pathlib
import signal
import sys

import requests
from walk import (
    ENDPOINT, Device, Person, Trace, client, device_status, enrol_totp, main, new_client, new_pool,
    ok, register, same,
)

MEMORY = pathlib.Path(os.environ["MEMORY"])


def kill_server():
    """At once, from the process that has just read the answer."""
    os.kill(int(os.environ["SERVER_PID"]), signal.SIGKILL)


def decide(admin, pool, device, status):
    admin.admin_update_device_status(
        UserPoolId=pool, Username="ann", DeviceKey=device.key, DeviceRememberedStatus=status
    )
    kill_server()


def first():
    admin, public = client(), client()
    pool = new_pool(admin, "lasting", new_device=True, on_prompt=False)
    app = new_client(admin, pool)
    register(public, app, "ann")
    ann = Person(public, pool, app, "ann")
    totp = enrol_totp(public, ann.sign_in()["AccessToken"])
    result = ann.answer(ann.asked(), totp.code())["AuthenticationResult"]
    device = Device(result["NewDeviceMetadata"])
    device.confirm(public, result["AccessToken"])
    ann.sign_in(device)
    ok("a remembered device")
    memory = {
        "pool": pool,
        "app": app,
        "metadata": result["NewDeviceMetadata"],
        "device_password": device.password,
        "access_token": result["AccessToken"],
        "keys": key_set(pool),
    }
    MEMORY.write_text(json.dumps(memory))
    decide(admin, pool, device, "not_remembered")
    ok("not_remembered was acknowledged; the server is killed")


def key_set(pool):
    return requests.get(f"{ENDPOINT}/{pool}/.well-known/jwks.json", timeout=30).json()


def remembered():
    memory = json.loads(MEMORY.read_text())
    public = client()
    device = Device(memory["metadata"])
    device.password = memory["device_password"]
    ann = Person(public, memory["pool"], memory["app"], "ann")
    return memory, client(), public, ann, device


def second():
    memory, admin, public, ann, device = remembered()
    same(device_status(admin, memory["pool"], "ann", device), "not_remembered", "status")
    ok("after the restart AdminGetDevice shows not_remembered")
    ann.asked(device)
    ok("after the restart a code is asked")
    same(key_set(memory["pool"]), memory["keys"], "key set")
    same(public.get_user(AccessToken=memory["access_token"])["Username"], "ann", "Username")
    ok("tokens of before still hold: the keys are the same")
    decide(admin, memory["pool"], device, "remembered")
    ok("remembered was acknowledged; the server is killed")


def third():
    memory, admin, public, ann, device = remembered()
    same(device_status(admin, memory["pool"], "ann", device), "remembered", "status")
    ok("after the second restart AdminGetDevice shows remembered")
    trace = Trace(public)
    ann.sign_in(device)
    path = ["PASSWORD_VERIFIER", "DEVICE_SRP_AUTH", "DEVICE_PASSWORD_VERIFIER", "tokens"]
    same(trace.path(), path, "path")
    ok("after the second restart no code is asked")


if __name__ == "__main__":
    main({"first": first, "second": second, "third": third}[sys.argv[1]])
