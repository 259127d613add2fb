// The device story with the AWS SDK for JavaScript v3 and cognito-srp-helper.
//
// W2 (this client sends every Session), W6 (the helper adds SRP_A to every answer), W7, W9, W10, W12.

import assert from "node:assert/strict";

import {
  AdminForgetDeviceCommand,
  AssociateSoftwareTokenCommand,
  ConfirmDeviceCommand,
  GetDeviceCommand,
  InitiateAuthCommand,
  ListDevicesCommand,
  RespondToAuthChallengeCommand,
  SetUserMFAPreferenceCommand,
  VerifySoftwareTokenCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import {
  createDeviceVerifier,
  createSrpSession,
  signSrpSession,
  signSrpSessionWithDevice,
  wrapAuthChallenge,
  wrapInitiateAuth,
} from "cognito-srp-helper";

import {
  Totp, claims, client, decide, deviceStatus, iamUser, newClient, newPool, noDevice, ok, password,
  refused, register,
} from "./walk.mjs";

class Device {
  constructor({ DeviceKey, DeviceGroupKey }) {
    this.key = DeviceKey;
    this.group = DeviceGroupKey;
    const made = createDeviceVerifier(DeviceKey, DeviceGroupKey);
    this.password = made.DeviceRandomPassword;
    this.verifier = made.DeviceSecretVerifierConfig;
  }

  async confirm(accessToken) {
    const answer = await open.send(
      new ConfirmDeviceCommand({
        AccessToken: accessToken,
        DeviceKey: this.key,
        DeviceName: "a browser",
        DeviceSecretVerifierConfig: this.verifier,
      }),
    );
    return answer.UserConfirmationNecessary;
  }
}

class Person {
  constructor(pool, app, name) {
    Object.assign(this, { pool, app, name });
  }

  /** Answers everything that can be answered without a code, and notes the path. */
  async signIn(device) {
    const key = device ? { DEVICE_KEY: device.key } : {};
    const srp = createSrpSession(this.name, password, this.pool, false);
    let answer = await open.send(
      new InitiateAuthCommand(
        wrapInitiateAuth(srp, {
          ClientId: this.app,
          AuthFlow: "USER_SRP_AUTH",
          AuthParameters: { CHALLENGE_NAME: "SRP_A", USERNAME: this.name, ...key },
        }),
      ),
    );
    this.path = [answer.ChallengeName];
    let signed = signSrpSession(srp, answer);
    answer = await this.#respond(answer, "PASSWORD_VERIFIER", signed, key);
    if (answer.ChallengeName === "DEVICE_SRP_AUTH") {
      assert.ok(answer.Session, "a Session comes with DEVICE_SRP_AUTH");
      answer = await this.#respond(answer, "DEVICE_SRP_AUTH", signed, key);
      assert.equal(answer.ChallengeParameters.USERNAME, this.name);
      signed = signSrpSessionWithDevice(srp, answer, device.group, device.password);
      answer = await this.#respond(answer, "DEVICE_PASSWORD_VERIFIER", signed, key);
    }
    return answer;
  }

  async #respond(previous, name, signed, key) {
    const answer = await open.send(
      new RespondToAuthChallengeCommand(
        wrapAuthChallenge(signed, {
          ClientId: this.app,
          ChallengeName: name,
          ChallengeResponses: { USERNAME: this.name, ...key },
          Session: previous.Session,
        }),
      ),
    );
    this.path.push(answer.ChallengeName ?? "tokens");
    return answer;
  }

  async answer(challenge, code, device) {
    const answer = await open.send(
      new RespondToAuthChallengeCommand({
        ClientId: this.app,
        ChallengeName: "SOFTWARE_TOKEN_MFA",
        Session: challenge.Session,
        ChallengeResponses: {
          USERNAME: this.name,
          SOFTWARE_TOKEN_MFA_CODE: code,
          ...(device ? { DEVICE_KEY: device.key } : {}),
        },
      }),
    );
    return answer.AuthenticationResult;
  }
}

const WITH_CODE = ["PASSWORD_VERIFIER", "SOFTWARE_TOKEN_MFA"];
const WITH_DEVICE = ["PASSWORD_VERIFIER", "DEVICE_SRP_AUTH", "DEVICE_PASSWORD_VERIFIER", "tokens"];

async function enrol(accessToken) {
  const { SecretCode } = await open.send(
    new AssociateSoftwareTokenCommand({ AccessToken: accessToken }),
  );
  const totp = new Totp(SecretCode);
  const verified = await open.send(
    new VerifySoftwareTokenCommand({ AccessToken: accessToken, UserCode: await totp.code() }),
  );
  assert.equal(verified.Status, "SUCCESS");
  await open.send(
    new SetUserMFAPreferenceCommand({
      AccessToken: accessToken,
      SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: true },
    }),
  );
  return totp;
}

const admin = client();
const open = client({ accessKeyId: "AKIDNOBODY", secretAccessKey: "never-looked-at" });
const pool = await newPool(admin, "people", true, false);
const otherPool = await newPool(admin, "others", true, false);
const app = await newClient(admin, pool);
const deputy = await iamUser("deputy", "cognito-idp:AdminUpdateDeviceStatus", pool);
const stranger = await iamUser("stranger", "cognito-idp:AdminGetDevice", pool);
ok("W12: signatures of the SDK verify: pools, a client, IAM users");

await register(open, app, "ann");
const ann = new Person(pool, app, "ann");
const first = (await ann.signIn()).AuthenticationResult;
assert.deepEqual(ann.path, ["PASSWORD_VERIFIER", "tokens"]);
const totp = await enrol(first.AccessToken);
ok("signed up, signed in with SRP, enrolled an authenticator app");

let challenge = await ann.signIn();
assert.deepEqual(ann.path, WITH_CODE);
const result = await ann.answer(challenge, await totp.code());
ok("new device: a code is asked");

const laptop = new Device(result.NewDeviceMetadata);
assert.equal(await laptop.confirm(result.AccessToken), false);
const listed = await open.send(new ListDevicesCommand({ AccessToken: result.AccessToken }));
assert.deepEqual(listed.Devices.map((device) => device.DeviceKey), [laptop.key]);
assert.ok(listed.Devices[0].DeviceCreateDate instanceof Date);
ok("ConfirmDevice: remembered at once, and listed");

let silent = (await ann.signIn(laptop)).AuthenticationResult;
assert.deepEqual(ann.path, WITH_DEVICE);
assert.equal(silent.NewDeviceMetadata, undefined);
assert.equal(claims(silent.AccessToken).device_key, laptop.key);
ok("with the device: DEVICE_SRP_AUTH, no code");

await decide(deputy, pool, "ann", laptop.key, "not_remembered");
challenge = await ann.signIn(laptop);
assert.deepEqual(ann.path, WITH_CODE);
const known = await ann.answer(challenge, await totp.code(), laptop);
assert.equal(known.NewDeviceMetadata, undefined);
ok("not_remembered: a code is asked again, and the device is no new one");

await refused(decide(stranger, pool, "ann", laptop.key, "remembered"), "AccessDeniedException");
await refused(decide(deputy, otherPool, "ann", laptop.key, "remembered"), "AccessDeniedException");
assert.equal(await deviceStatus(stranger, pool, "ann", laptop.key), "not_remembered");
ok("refused: to one without the permission, and for another pool");

await decide(deputy, pool, "ann", laptop.key, "remembered");
silent = (await ann.signIn(laptop)).AuthenticationResult;
assert.deepEqual(ann.path, WITH_DEVICE);
ok("remembered: no code is asked");

await register(open, app, "bob");
const bob = new Person(pool, app, "bob");
const bobs = (await bob.signIn()).AuthenticationResult;
const phone = new Device(bobs.NewDeviceMetadata);
await phone.confirm(bobs.AccessToken);
await bob.signIn(phone);
assert.deepEqual(bob.path, WITH_DEVICE);
const missing = "ResourceNotFoundException";
await refused(ann.signIn(phone), missing, noDevice);
await refused(decide(deputy, pool, "ann", phone.key, "remembered"), missing, noDevice);
const others = { AccessToken: bobs.AccessToken, DeviceKey: laptop.key };
await refused(open.send(new GetDeviceCommand(others)), missing, noDevice);
ok(`another user's device key: ${noDevice}`);

const forged = Object.assign(Object.create(Device.prototype), laptop, { password: "a guess" });
await refused(ann.signIn(forged), "NotAuthorizedException", "Incorrect username or password.");
await ann.signIn(laptop);
ok("wrong device secret: refused; the right one still works");

const forget = { UserPoolId: pool, Username: "ann", DeviceKey: laptop.key };
await admin.send(new AdminForgetDeviceCommand(forget));
await refused(ann.signIn(laptop), missing, noDevice);
await refused(decide(deputy, pool, "ann", laptop.key, "remembered"), missing, noDevice);
await ann.signIn();
assert.deepEqual(ann.path, WITH_CODE);
ok(`forgotten: ${noDevice}; without the key a code is asked`);
