// Second factors, new passwords and changes with amazon-cognito-identity-js.

import assert from "node:assert/strict";

import {
  AuthenticationDetails, CognitoUser, CognitoUserPool,
} from "amazon-cognito-identity-js";
import {
  AdminCreateUserCommand, AdminGetUserCommand, CreateUserPoolCommand, SetUserPoolMfaConfigCommand,
} from "@aws-sdk/client-cognito-identity-provider";

import { forAccess, forId } from "./verify.mjs";
import {
  Totp, client, endpoint, messageTo, newClient, ok, password, person, refused, sendingPool, smsRole,
} from "./walk.mjs";

const admin = client();

/** What is called back first, and with what: one step of a sign-in. */
function next(start) {
  return new Promise((resolve, onFailure) => {
    const calls = { onFailure };
    const steps = [
      "onSuccess", "mfaRequired", "totpRequired", "mfaSetup", "selectMFAType", "newPasswordRequired",
      "customChallenge", "inputVerificationCode",
    ];
    for (const step of steps) calls[step] = (...values) => resolve([step, ...values]);
    start(calls);
  });
}

function promised(start) {
  return new Promise((resolve, reject) => {
    start((error, value) => (error ? reject(error) : resolve(value)));
  });
}

function userOf(pool, clientId, name) {
  const Pool = new CognitoUserPool({ UserPoolId: pool, ClientId: clientId, endpoint });
  return new CognitoUser({ Username: name, Pool });
}

function signIn(user, secret = password) {
  const details = new AuthenticationDetails({ Username: user.getUsername(), Password: secret });
  return next((calls) => user.authenticateUser(details, calls));
}

async function verified(pool, clientId, session) {
  const access = await forAccess(pool, clientId);
  const payload = await access.verify(session.getAccessToken().getJwtToken());
  const id = await forId(pool, clientId);
  assert.equal((await id.verify(session.getIdToken().getJwtToken())).sub, payload.sub);
}

async function secondFactors() {
  const [pool, clientId] = await sendingPool(admin, "careful", ["PASSWORD"]);
  await admin.send(
    new SetUserPoolMfaConfigCommand({
      UserPoolId: pool,
      MfaConfiguration: "ON",
      SmsMfaConfiguration: { SmsConfiguration: smsRole },
      SoftwareTokenMfaConfiguration: { Enabled: true },
    }),
  );
  const phone = "+15555550100";
  await person(admin, pool, "ann", { phone_number: phone });
  const ann = userOf(pool, clientId, "ann");
  const [asked, name, parameters] = await signIn(ann);
  assert.deepEqual([asked, name], ["mfaRequired", "SMS_MFA"]);
  assert.equal(parameters.CODE_DELIVERY_DESTINATION, "+*******0100");
  await refused(next((calls) => ann.sendMFACode("1234567", calls)), "CodeMismatchException");
  const { code } = await messageTo(phone, "Authentication");
  const [done, session] = await next((calls) => ann.sendMFACode(code, calls));
  assert.equal(done, "onSuccess");
  await verified(pool, clientId, session);
  ok("mfaRequired, sendMFACode: a text message is the second factor");

  const secret = await new Promise((associateSecretCode, onFailure) =>
    ann.associateSoftwareToken({ associateSecretCode, onFailure }),
  );
  const totp = new Totp(secret);
  const first = await totp.code();
  await next((calls) => ann.verifySoftwareToken(first, "my app", calls));
  const both = { Enabled: true, PreferredMfa: false };
  await promised((call) => ann.setUserMfaPreference(both, both, call));
  const [select, , choices] = await signIn(ann);
  assert.equal(select, "selectMFAType");
  const offered = JSON.parse(choices.MFAS_CAN_CHOOSE).sort();
  assert.deepEqual(offered, ["SMS_MFA", "SOFTWARE_TOKEN_MFA"]);
  const [chosen] = await next((calls) => ann.sendMFASelectionAnswer("SOFTWARE_TOKEN_MFA", calls));
  assert.equal(chosen, "totpRequired");
  const second = await totp.code();
  const [end] = await next((calls) => ann.sendMFACode(second, calls, "SOFTWARE_TOKEN_MFA"));
  assert.equal(end, "onSuccess");
  ok("selectMFAType, sendMFASelectionAnswer: the user chooses the authenticator app");

  const [again] = await signIn(ann);
  assert.equal(again, "selectMFAType");
  const [texted] = await next((calls) => ann.sendMFASelectionAnswer("SMS_MFA", calls));
  assert.equal(texted, "mfaRequired");
  ok("or the text message");
}

async function changes() {
  const { UserPool } = await admin.send(
    new CreateUserPoolCommand({
      PoolName: "changes",
      AutoVerifiedAttributes: ["email"],
      Schema: [{ Name: "nickname", Required: true, Mutable: true, AttributeDataType: "String" }],
    }),
  );
  const pool = UserPool.Id;
  const clientId = await newClient(admin, pool);
  const temporary = "Temporary-horse-1";
  const named = { UserPoolId: pool, Username: "bob" };
  await admin.send(
    new AdminCreateUserCommand({
      ...named,
      TemporaryPassword: temporary,
      MessageAction: "SUPPRESS",
      UserAttributes: [{ Name: "email", Value: "bob@example.com" }],
    }),
  );
  const bob = userOf(pool, clientId, "bob");
  const [step, attributes, required] = await signIn(bob, temporary);
  assert.equal(step, "newPasswordRequired");
  assert.deepEqual(required, ["nickname"]);
  assert.equal(attributes.email, "bob@example.com");
  const finish = (given) =>
    next((calls) => bob.completeNewPasswordChallenge(password, given, calls));
  const [done, session] = await finish({ nickname: "Bobby" });
  assert.equal(done, "onSuccess");
  await verified(pool, clientId, session);
  const { UserStatus } = await admin.send(new AdminGetUserCommand(named));
  assert.equal(UserStatus, "CONFIRMED");
  ok("newPasswordRequired, completeNewPasswordChallenge with the attribute that is missing");

  const next2 = "Second-horse-8";
  await refused(
    promised((call) => bob.changePassword("Not-my-horse-1", next2, call)), "NotAuthorizedException",
  );
  assert.equal(await promised((call) => bob.changePassword(password, next2, call)), "SUCCESS");
  await refused(signIn(bob), "NotAuthorizedException");
  assert.equal((await signIn(bob, next2))[0], "onSuccess");
  ok("changePassword");

  const [asked] = await next((calls) => bob.getAttributeVerificationCode("email", calls));
  assert.equal(asked, "inputVerificationCode");
  const { code } = await messageTo("bob@example.com", "VerifyUserAttribute");
  await refused(
    next((calls) => bob.verifyAttribute("email", "1234567", calls)), "CodeMismatchException",
  );
  await next((calls) => bob.verifyAttribute("email", code, calls));
  const shown = await promised((call) => bob.getUserAttributes(call));
  assert.equal(shown.find(({ Name }) => Name === "email_verified").Value, "true");
  ok("getAttributeVerificationCode, verifyAttribute");

  await next((calls) => bob.globalSignOut(calls));
  ok("globalSignOut");
}

await secondFactors();
await changes();
