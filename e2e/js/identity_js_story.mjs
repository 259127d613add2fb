// The device story with amazon-cognito-identity-js, whose own code finds, sends and drops devices.
//
// W1, W2, W3, W4, W5, W6, W9, W10, W13, W15, W17. What it sends is read from the traffic, so that a
// requirement is seen to be exercised.

import assert from "node:assert/strict";

import {
  AuthenticationDetails, CognitoUser, CognitoUserAttribute, CognitoUserPool,
} from "amazon-cognito-identity-js";
import { AdminForgetDeviceCommand } from "@aws-sdk/client-cognito-identity-provider";

import {
  Totp, client, decide, deviceStatus, endpoint, iamUser, messageTo, newClient, newPool, noDevice,
  ok, password, refused,
} from "./walk.mjs";

// Traffic

let traffic = [];
const plainFetch = globalThis.fetch;
globalThis.fetch = async (url, options) => {
  const reply = await plainFetch(url, options);
  const operation = options?.headers?.["X-Amz-Target"]?.split(".")[1];
  const answer = await reply.clone().json().catch(() => null);
  traffic.push({ operation, sent: JSON.parse(options.body), answer, reply });
  return reply;
};

function taken() {
  const seen = traffic;
  traffic = [];
  return seen;
}

/** The challenges that the sign-in calls led to, `tokens` for the end, errors by their names. */
function path(seen) {
  return seen
    .filter(({ operation }) => ["InitiateAuth", "RespondToAuthChallenge"].includes(operation))
    .map(({ answer }) => answer.__type ?? answer.ChallengeName ?? "tokens");
}

// The client as an app holds it

/** What a browser keeps between visits. */
class Storage {
  items = new Map();
  setItem = (key, value) => this.items.set(key, String(value));
  getItem = (key) => this.items.get(key) ?? null;
  removeItem = (key) => this.items.delete(key);
  clear = () => this.items.clear();
}

class App {
  storage = new Storage();

  constructor(pool, clientId) {
    this.pool = new CognitoUserPool({
      UserPoolId: pool, ClientId: clientId, endpoint, Storage: this.storage,
    });
    this.prefix = `CognitoIdentityServiceProvider.${clientId}`;
  }

  user(name) {
    return new CognitoUser({ Username: name, Pool: this.pool, Storage: this.storage });
  }

  item(user, name) {
    return this.storage.getItem(`${this.prefix}.${user}.${name}`);
  }

  put(user, name, value) {
    this.storage.setItem(`${this.prefix}.${user}.${name}`, value);
  }

  async register(name) {
    const email = new CognitoUserAttribute({ Name: "email", Value: `${name}@example.com` });
    const made = await promised((done) =>
      this.pool.signUp(name, password, [email], null, done, null),
    );
    assert.equal(made.userConfirmed, false);
    const { code } = await messageTo(`${name}@example.com`);
    await promised((done) => this.user(name).confirmRegistration(code, true, done));
  }

  /** Signs in as after a page load: the object is new, the storage old. */
  async signIn(name, code) {
    const user = this.user(name);
    const details = new AuthenticationDetails({ Username: name, Password: password });
    let asked = false;
    const [session, necessary] = await new Promise((resolve, reject) => {
      const callbacks = {
        onSuccess: (...values) => resolve(values),
        onFailure: reject,
        totpRequired: () => {
          asked = true;
          if (code === undefined) return resolve([]);
          code().then((text) => user.sendMFACode(text, callbacks, "SOFTWARE_TOKEN_MFA"), reject);
        },
      };
      user.authenticateUser(details, callbacks);
    });
    return { user, session, asked, necessary };
  }
}

function promised(call) {
  return new Promise((resolve, reject) => {
    call((error, value) => (error ? reject(error) : resolve(value)));
  });
}

/** For calls with `onSuccess` and `onFailure`. */
function answered(call) {
  return new Promise((onSuccess, onFailure) => call({ onSuccess, onFailure }));
}

async function enrol(user) {
  const secret = await new Promise((associateSecretCode, onFailure) =>
    user.associateSoftwareToken({ associateSecretCode, onFailure }),
  );
  const totp = new Totp(secret);
  const code = await totp.code();
  const verified = await answered((calls) => user.verifySoftwareToken(code, "my app", calls));
  assert.equal(verified.Status, "SUCCESS");
  const settings = { PreferredMfa: true, Enabled: true };
  await promised((done) => user.setUserMfaPreference(null, settings, done));
  const [preference] = taken().filter(({ operation }) => operation === "SetUserMFAPreference");
  assert.equal(preference.sent.SMSMfaSettings, null);
  return totp;
}

const WITH_CODE = ["PASSWORD_VERIFIER", "SOFTWARE_TOKEN_MFA", "tokens"];
const DEVICE_STEPS = ["DEVICE_SRP_AUTH", "DEVICE_PASSWORD_VERIFIER", "tokens"];
const WITH_DEVICE = ["PASSWORD_VERIFIER", ...DEVICE_STEPS];

const admin = client();
const pool = await newPool(admin, "people", true, false);
const clientId = await newClient(admin, pool);
const deputy = await iamUser("deputy", "cognito-idp:AdminUpdateDeviceStatus", pool);
const stranger = await iamUser("stranger", "cognito-idp:AdminListDevices", pool);
const app = new App(pool, clientId);

async function bypassing() {
  await app.register("ann");
  const first = await app.signIn("ann");
  assert.deepEqual(path(taken()), ["PASSWORD_VERIFIER", "tokens"]);
  const totp = await enrol(first.user);
  ok("signed up, signed in, enrolled an authenticator app; W5: null settings are absent");

  // Another browser: nothing is stored.
  app.storage.clear();
  const fresh = await app.signIn("ann", () => totp.code());
  assert.ok(fresh.asked);
  let seen = taken();
  assert.deepEqual(path(seen), WITH_CODE);
  const code = seen.find(({ sent }) => sent.ChallengeName === "SOFTWARE_TOKEN_MFA").sent;
  assert.ok(code.ChallengeResponses.SMS_MFA_CODE && code.ChallengeResponses.SOFTWARE_TOKEN_MFA_CODE);
  ok("new device: a code is asked; W6: the same code under two names is taken");

  const confirmed = seen.find(({ operation }) => operation === "ConfirmDevice");
  assert.deepEqual(confirmed.answer, { UserConfirmationNecessary: false });
  assert.equal(fresh.necessary, undefined);
  const key = app.item("ann", "deviceKey");
  assert.equal(key, confirmed.sent.DeviceKey);
  assert.equal(await deviceStatus(admin, pool, "ann", key), "remembered");
  ok("ConfirmDevice: remembered at once");

  const silent = await app.signIn("ann");
  seen = taken();
  assert.ok(!silent.asked);
  assert.deepEqual(path(seen), WITH_DEVICE);
  assert.equal(seen[0].sent.AuthParameters.DEVICE_KEY, undefined);
  assert.equal(seen[1].sent.ChallengeResponses.DEVICE_KEY, key);
  assert.ok(seen[2].sent.Session && seen[3].sent.Session);
  ok("with the device: DEVICE_SRP_AUTH, no code; W1, W2: its key comes with the password only");

  await decide(deputy, pool, "ann", key, "not_remembered");
  const watched = await app.signIn("ann", () => totp.code());
  assert.ok(watched.asked);
  assert.deepEqual(path(taken()), WITH_CODE);
  assert.equal(app.item("ann", "deviceKey"), key);
  ok("not_remembered: a code is asked again, and the device is no new one");

  await refused(decide(stranger, pool, "ann", key, "remembered"), "AccessDeniedException");
  await decide(deputy, pool, "ann", key, "remembered");
  const again = await app.signIn("ann");
  assert.ok(!again.asked);
  assert.deepEqual(path(taken()), WITH_DEVICE);
  ok("refused to one without the permission; remembered: no code is asked");
  await sessionLife(again);
  await wrongSecret();
  await othersDevice();
  await forgotten(key);
}

async function sessionLife({ user, session }) {
  const refreshed = await promised((done) =>
    user.refreshSession(session.getRefreshToken(), done),
  );
  const [{ sent }] = taken();
  assert.equal(sent.AuthParameters.DEVICE_KEY, app.item("ann", "deviceKey"));
  assert.ok(refreshed.isValid());
  const found = await answered((calls) => user.listDevices(10, null, calls));
  // This browser's, and that of the storage that was lost.
  assert.equal(found.Devices.length, 2);
  const device = await answered((calls) => user.getDevice(calls));
  assert.equal(device.Device.DeviceKey, app.item("ann", "deviceKey"));
  taken();
  await new Promise((done) => user.signOut(done));
  assert.deepEqual(taken().map(({ operation }) => operation), ["RevokeToken"]);
  ok("W13: refreshed with the device's key, signed out with RevokeToken");
}

async function wrongSecret() {
  const right = app.item("ann", "randomPasswordKey");
  app.put("ann", "randomPasswordKey", "a guess");
  await refused(
    app.signIn("ann"),
    "NotAuthorizedException",
    "Incorrect username or password.",
  );
  const last = taken().pop();
  assert.equal(last.sent.ChallengeName, "DEVICE_PASSWORD_VERIFIER");
  assert.equal(last.reply.headers.get("x-amzn-errortype").split(":")[0], "NotAuthorizedException");
  app.put("ann", "randomPasswordKey", right);
  assert.ok(!(await app.signIn("ann")).asked);
  ok("W10, W15: wrong device secret: refused; the right one still works");
}

/** W3, W4, W5: the client drops the device by the text of the error and sends the same proof again. */
function droppedDevice(seen) {
  const attempts = seen.filter(({ sent }) => sent.ChallengeName === "PASSWORD_VERIFIER");
  assert.equal(attempts.length, 2);
  const [lost, found] = attempts;
  assert.equal(lost.answer.__type, "ResourceNotFoundException");
  assert.equal(lost.answer.message, noDevice);
  assert.equal(found.sent.ChallengeResponses.DEVICE_KEY, null);
  for (const name of ["PASSWORD_CLAIM_SECRET_BLOCK", "PASSWORD_CLAIM_SIGNATURE"]) {
    assert.equal(found.sent.ChallengeResponses[name], lost.sent.ChallengeResponses[name]);
  }
}

async function othersDevice() {
  await app.register("bob");
  for (const name of ["deviceKey", "deviceGroupKey", "randomPasswordKey"]) {
    app.put("bob", name, app.item("ann", name));
  }
  taken();
  await app.signIn("bob");
  const seen = taken();
  droppedDevice(seen);
  assert.notEqual(app.item("bob", "deviceKey"), app.item("ann", "deviceKey"));
  assert.ok(!(await app.signIn("bob")).asked);
  assert.deepEqual(path(taken()), WITH_DEVICE);
  ok(`another user's device key: ${noDevice}; the client drops it and gets one of its own`);
}

async function forgotten(key) {
  const forget = { UserPoolId: pool, Username: "ann", DeviceKey: key };
  await admin.send(new AdminForgetDeviceCommand(forget));
  await refused(
    decide(deputy, pool, "ann", key, "remembered"), "ResourceNotFoundException", noDevice,
  );
  taken();
  const { asked } = await app.signIn("ann");
  droppedDevice(taken());
  assert.ok(asked);
  assert.equal(app.item("ann", "deviceKey"), null);
  ok(`W3, W4, W5: forgotten: ${noDevice}; the client retries without the key, a code is asked`);
}

/** W17: the app asks its user whether to remember the device. */
async function prompted() {
  const place = await newPool(admin, "prompted", true, true);
  const optIn = new App(place, await newClient(admin, place));
  await optIn.register("eve");
  const first = await optIn.signIn("eve");
  assert.equal(first.necessary, true);
  const totp = await enrol(first.user);
  optIn.storage.clear();
  const fresh = await optIn.signIn("eve", () => totp.code());
  assert.equal(fresh.necessary, true);
  const key = optIn.item("eve", "deviceKey");
  assert.equal(await deviceStatus(admin, place, "eve", key), "not_remembered");
  assert.ok((await optIn.signIn("eve")).asked);
  ok("W17: opt-in: the app is told to ask; until then the device is not remembered");
  await answered((calls) => fresh.user.setDeviceStatusRemembered(calls));
  assert.equal(await deviceStatus(admin, place, "eve", key), "remembered");
  taken();
  assert.ok(!(await optIn.signIn("eve")).asked);
  assert.deepEqual(path(taken()), WITH_DEVICE);
  await answered((calls) => fresh.user.setDeviceStatusNotRemembered(calls));
  assert.ok((await optIn.signIn("eve")).asked);
  ok("W17: opt-in: the user decides both ways");
  await answered((calls) => fresh.user.forgetDevice(calls));
  ok("the user forgets the device");
}

await bypassing();
await prompted();
