// What every walk needs: administrators, a mailbox, one-time codes, and ways to say what must be true.
//
// A walk is a script that tells one story through unmodified clients. It prints `ok: …` for each step
// and fails at the first that is not as told. Where the server is, and whose credentials administer
// it, comes from the environment that the Rust harness sets.

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

import {
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  ConfirmSignUpCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  AdminGetDeviceCommand,
  AdminUpdateDeviceStatusCommand,
  SetUserPoolMfaConfigCommand,
  SignUpCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  IAMClient,
  PutUserPolicyCommand,
} from "@aws-sdk/client-iam";

export const endpoint = process.env.ENDPOINT;
export const region = process.env.AWS_REGION;
const account = process.env.ACCOUNT_ID ?? "000000000000";
export const password = "Correct-horse-7";
export const noDevice = "Device does not exist.";

// A message is written when its request has been answered, by a worker: not at once.
const MAIL_WAIT_MS = 20_000;

export function ok(step) {
  console.log(`ok: ${step}`);
}

export function client(credentials) {
  const named = credentials ? { credentials } : {};
  // One try: a retry would hide a lost answer.
  return new CognitoIdentityProviderClient({ endpoint, region, maxAttempts: 1, ...named });
}

/** The call must be refused with this exception, and with this text where one is given. */
export async function refused(promise, name, message) {
  try {
    await promise;
  } catch (error) {
    assert.equal(error.name, name, `${error.name}: ${error.message}`);
    if (message !== undefined) assert.equal(error.message, message);
    return;
  }
  assert.fail(`accepted; expected ${name}`);
}

// People

export async function messageTo(address, kind) {
  const outbox = join(process.env.DATA_DIR, "outbox");
  const deadline = Date.now() + MAIL_WAIT_MS;
  while (Date.now() < deadline) {
    const names = readdirSync(outbox).filter((name) => name.endsWith(".json") && name[0] !== ".");
    const messages = names.sort().map((name) => JSON.parse(readFileSync(join(outbox, name))));
    const wanted = (message) => message.to === address && [undefined, message.kind].includes(kind);
    const found = messages.filter(wanted).pop();
    if (found) return found;
    await pause(50);
  }
  throw new Error(`no message to ${address}`);
}

export async function newPool(admin, name, newDevice, onPrompt) {
  const { UserPool } = await admin.send(
    new CreateUserPoolCommand({
      PoolName: name,
      AutoVerifiedAttributes: ["email"],
      DeviceConfiguration: {
        ChallengeRequiredOnNewDevice: newDevice,
        DeviceOnlyRememberedOnUserPrompt: onPrompt,
      },
    }),
  );
  await admin.send(
    new SetUserPoolMfaConfigCommand({
      UserPoolId: UserPool.Id,
      MfaConfiguration: "OPTIONAL",
      SoftwareTokenMfaConfiguration: { Enabled: true },
    }),
  );
  return UserPool.Id;
}

export async function newClient(admin, pool) {
  const { UserPoolClient } = await admin.send(
    new CreateUserPoolClientCommand({
      UserPoolId: pool,
      ClientName: "app",
      ExplicitAuthFlows: ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
    }),
  );
  return UserPoolClient.ClientId;
}

export async function register(open, app, name) {
  const email = `${name}@example.com`;
  const signedUp = await open.send(
    new SignUpCommand({
      ClientId: app,
      Username: name,
      Password: password,
      UserAttributes: [{ Name: "email", Value: email }],
    }),
  );
  assert.equal(signedUp.UserConfirmed, false);
  const { code } = await messageTo(email);
  await open.send(
    new ConfirmSignUpCommand({ ClientId: app, Username: name, ConfirmationCode: code }),
  );
}

export const smsRole = { SnsCallerArn: `arn:aws:iam::${account}:role/sms` };

/** A pool that may send codes as first and as second factors, and a client. */
export async function sendingPool(admin, name, firstFactors) {
  const { UserPool } = await admin.send(
    new CreateUserPoolCommand({
      PoolName: name,
      AutoVerifiedAttributes: ["email"],
      SmsConfiguration: smsRole,
      EmailConfiguration: {
        EmailSendingAccount: "DEVELOPER",
        SourceArn: `arn:aws:ses:${region}:${account}:identity/example.com`,
      },
      // What recovers the account cannot be its second factor as well.
      AccountRecoverySetting: { RecoveryMechanisms: [{ Name: "admin_only", Priority: 1 }] },
      Policies: { SignInPolicy: { AllowedFirstAuthFactors: firstFactors } },
    }),
  );
  const { UserPoolClient } = await admin.send(
    new CreateUserPoolClientCommand({
      UserPoolId: UserPool.Id,
      ClientName: "app",
      ExplicitAuthFlows: ["ALLOW_USER_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
    }),
  );
  return [UserPool.Id, UserPoolClient.ClientId];
}

/** A user made by an administrator, with a password of their own. */
export async function person(admin, pool, name, attributes) {
  const user = { UserPoolId: pool, Username: name };
  const given = Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }));
  await admin.send(
    new AdminCreateUserCommand({
      ...user, TemporaryPassword: password, MessageAction: "SUPPRESS", UserAttributes: given,
    }),
  );
  await admin.send(
    new AdminSetUserPasswordCommand({ ...user, Password: password, Permanent: true }),
  );
}

const STEP_MS = 30_000;
// A code of the last step must still be valid when it arrives.
const MARGIN_MS = 6_000;

/** An authenticator app. A code works once, and none older than one that was used (RFC 6238). */
export class Totp {
  #key;
  #used = 0;

  constructor(secret) {
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    const digits = [...secret].map((letter) => alphabet.indexOf(letter));
    const bits = digits.map((digit) => digit.toString(2).padStart(5, "0")).join("");
    this.#key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  }

  /** A code from as early a step as the server takes: three codes come without waiting. */
  async code() {
    const now = Date.now();
    const earliest = Math.floor((now + MARGIN_MS) / STEP_MS) - 1;
    const step = Math.max(this.#used + 1, earliest);
    const wait = (step - 1) * STEP_MS - now;
    if (wait > 0) await pause(wait + 200);
    this.#used = step;
    return this.#at(step);
  }

  #at(step) {
    const counter = Buffer.alloc(8);
    counter.writeBigUInt64BE(BigInt(step));
    const digest = createHmac("sha1", this.#key).update(counter).digest();
    const offset = digest[19] & 15;
    const number = digest.readUInt32BE(offset) & 0x7fffffff;
    return String(number % 1_000_000).padStart(6, "0");
  }
}

export function claims(token) {
  return JSON.parse(Buffer.from(token.split(".")[1], "base64url"));
}

// Administrators

/** An IAM user who may do one thing with one pool; a client that signs with their key. */
export async function iamUser(name, action, pool) {
  const iam = new IAMClient({ endpoint, region, maxAttempts: 1 });
  await iam.send(new CreateUserCommand({ UserName: name }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: name }));
  const resource = `arn:aws:cognito-idp:${region}:${account}:userpool/${pool}`;
  const statement = { Effect: "Allow", Action: action, Resource: resource };
  await iam.send(
    new PutUserPolicyCommand({
      UserName: name,
      PolicyName: "only",
      PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [statement] }),
    }),
  );
  return client({
    accessKeyId: AccessKey.AccessKeyId,
    secretAccessKey: AccessKey.SecretAccessKey,
  });
}

export function decide(administrator, pool, user, device, status) {
  return administrator.send(
    new AdminUpdateDeviceStatusCommand({
      UserPoolId: pool,
      Username: user,
      DeviceKey: device,
      DeviceRememberedStatus: status,
    }),
  );
}

export async function deviceStatus(admin, pool, user, device) {
  const { Device } = await admin.send(
    new AdminGetDeviceCommand({ UserPoolId: pool, Username: user, DeviceKey: device }),
  );
  const name = "dev:device_remembered_status";
  return Device.DeviceAttributes.find((attribute) => attribute.Name === name)?.Value;
}
