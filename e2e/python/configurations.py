"""All four ways to configure devices, opt-in by the user, and pools without MFA.

W16, W17; what a remembered device spares its user under each configuration.
"""

from walk import (
    Device, Person, Trace, claims, client, device_status, enrol_totp, main, new_client, new_pool,
    ok, refused, register, same,
)

DEVICE_STEPS = ["DEVICE_SRP_AUTH", "DEVICE_PASSWORD_VERIFIER", "tokens"]


class Place:
    """A pool of one configuration, with one person in it who has enrolled."""

    def __init__(self, name, new_device, on_prompt, mfa="OPTIONAL"):
        self.admin, self.public = client(), client()
        self.trace = Trace(self.public)
        self.pool = new_pool(self.admin, name, new_device, on_prompt, mfa)
        app = new_client(self.admin, self.pool)
        register(self.public, app, name)
        self.person = Person(self.public, self.pool, app, name)
        self.totp = None
        if mfa != "OFF":
            first = self.person.sign_in()
            self.totp = enrol_totp(self.public, first["AccessToken"])
            # The device nobody confirmed goes, so that what follows counts its own only.
            self.forget(first["NewDeviceMetadata"]["DeviceKey"])
        self.trace.path()

    def forget(self, key):
        self.admin.admin_forget_device(
            UserPoolId=self.pool, Username=self.person.name, DeviceKey=key
        )

    def sign_in_with_code(self, device=None):
        session = self.person.asked(device)
        return self.person.answer(session, self.totp.code(), device)

    def status(self, device):
        return device_status(self.admin, self.pool, self.person.name, device)

    def all_devices(self):
        answer = self.admin.admin_list_devices(UserPoolId=self.pool, Username=self.person.name)
        return {device["DeviceKey"] for device in answer["Devices"]}


def opt_in_with_bypass():
    """W17: the device starts not remembered; the user decides; then no code is asked."""
    place = Place("prompted", new_device=True, on_prompt=True)
    public, person = place.public, place.person
    result = place.sign_in_with_code()["AuthenticationResult"]
    laptop = Device(result["NewDeviceMetadata"])
    same(laptop.confirm(public, result["AccessToken"]), True, "UserConfirmationNecessary")
    same(place.status(laptop), "not_remembered", "status")
    same(public.list_devices(AccessToken=result["AccessToken"])["Devices"], [], "remembered ones")
    ok("opt-in: ConfirmDevice asks for the user's word; the device is not remembered")
    place.trace.path()
    person.asked(laptop)
    same(place.trace.path(), ["PASSWORD_VERIFIER", "SOFTWARE_TOKEN_MFA"], "path")
    ok("opt-in: a code is asked until then")

    def update(status):
        public.update_device_status(
            AccessToken=result["AccessToken"],
            DeviceKey=laptop.key,
            DeviceRememberedStatus=status,
        )

    update("remembered")
    update("remembered")
    same(place.status(laptop), "remembered", "status")
    place.trace.path()
    silent = person.sign_in(laptop)
    same(place.trace.path(), ["PASSWORD_VERIFIER", *DEVICE_STEPS], "path")
    same(claims(silent["AccessToken"])["device_key"], laptop.key, "device_key")
    listed = public.list_devices(AccessToken=silent["AccessToken"])["Devices"]
    same([device["DeviceKey"] for device in listed], [laptop.key], "devices")
    ok("opt-in: UpdateDeviceStatus remembered, and no code is asked")

    update("not_remembered")
    person.asked(laptop)
    ok("opt-in: not_remembered by the user, and a code is asked again")
    public.forget_device(AccessToken=silent["AccessToken"], DeviceKey=laptop.key)
    with refused("ResourceNotFoundException", "Device does not exist."):
        update("remembered")
    ok("opt-in: forgotten by the user")


def always_without_bypass():
    """A remembered device proves itself on every sign-in, and the code is asked all the same."""
    place = Place("always", new_device=False, on_prompt=False)
    public = place.public
    result = place.sign_in_with_code()["AuthenticationResult"]
    laptop = Device(result["NewDeviceMetadata"])
    same(laptop.confirm(public, result["AccessToken"]), False, "UserConfirmationNecessary")
    same(place.status(laptop), "remembered", "status")
    place.trace.path()
    answer = place.sign_in_with_code(laptop)
    same(answer["ChallengeName"], "DEVICE_SRP_AUTH", "ChallengeName")
    finish_with_device(place, laptop, answer)
    same(
        place.trace.path(), ["PASSWORD_VERIFIER", "SOFTWARE_TOKEN_MFA", *DEVICE_STEPS], "path"
    )
    ok("always, without bypass: the code first, then the device")


def finish_with_device(place, laptop, answer):
    """pycognito answers a device challenge only after the password; its parts do it here."""
    srp = place.person.srp(laptop)
    proof = place.public.respond_to_auth_challenge(
        ClientId=place.person.client_id,
        ChallengeName="DEVICE_SRP_AUTH",
        Session=answer["Session"],
        ChallengeResponses={
            "USERNAME": place.person.name,
            "DEVICE_KEY": laptop.key,
            "SRP_A": f"{srp.large_a_value:x}",
        },
    )
    place.public.respond_to_auth_challenge(
        ClientId=place.person.client_id,
        ChallengeName="DEVICE_PASSWORD_VERIFIER",
        ChallengeResponses=srp.process_device_challenge(proof["ChallengeParameters"]),
    )


def opt_in_without_bypass():
    place = Place("kept", new_device=False, on_prompt=True)
    result = place.sign_in_with_code()["AuthenticationResult"]
    laptop = Device(result["NewDeviceMetadata"])
    same(laptop.confirm(place.public, result["AccessToken"]), True, "UserConfirmationNecessary")
    same(place.status(laptop), "not_remembered", "status")
    place.trace.path()
    answer = place.sign_in_with_code(laptop)
    assert "AuthenticationResult" in answer, answer["ChallengeName"]
    same(place.trace.path(), ["PASSWORD_VERIFIER", "SOFTWARE_TOKEN_MFA", "tokens"], "path")
    ok("opt-in, without bypass: a device that is not remembered need not prove itself")


def no_tracking():
    place = Place("plain", None, None, mfa="OFF")
    result = place.person.sign_in()
    assert "NewDeviceMetadata" not in result
    assert "device_key" not in claims(result["AccessToken"])
    ok("without device configuration no device is issued")


def no_mfa():
    place = Place("easy", new_device=True, on_prompt=False, mfa="OFF")
    person = place.person
    first, second = person.sign_in(), person.sign_in()
    keys = {answer["NewDeviceMetadata"]["DeviceKey"] for answer in (first, second)}
    same(len(keys), 2, "new keys")
    same(place.all_devices(), keys, "devices")
    ok("W16: each sign-in without a key issues another device")
    laptop = Device(second["NewDeviceMetadata"])
    laptop.confirm(place.public, second["AccessToken"])
    place.trace.path()
    person.sign_in(laptop)
    same(place.trace.path(), ["PASSWORD_VERIFIER", *DEVICE_STEPS], "path")
    ok("without MFA a remembered device proves itself too")
    password_flow(place, laptop)


def password_flow(place, laptop):
    """The same devices serve USER_PASSWORD_AUTH."""
    answer = place.public.initiate_auth(
        AuthFlow="USER_PASSWORD_AUTH",
        ClientId=place.person.client_id,
        AuthParameters={
            "USERNAME": place.person.name,
            "PASSWORD": place.person.password,
            "DEVICE_KEY": laptop.key,
        },
    )
    same(answer["ChallengeName"], "DEVICE_SRP_AUTH", "ChallengeName")
    place.trace.path()
    finish_with_device(place, laptop, answer)
    same(place.trace.path(), DEVICE_STEPS[1:], "path")
    ok("the device serves USER_PASSWORD_AUTH too")


def walk():
    opt_in_with_bypass()
    always_without_bypass()
    opt_in_without_bypass()
    no_mfa()
    no_tracking()


if __name__ == "__main__":
    main(walk)
