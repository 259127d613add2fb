// Everything an app does with AWS Amplify v6: arriving, second factors, devices, signing in by choice, a
// forgotten password, a new address, renewing tokens, leaving. Its tokens are checked by aws-jwt-verify.
//
// W1, W2, W3, W13, W15.

import assert from "node:assert/strict";

import { path, taken, use } from "./amplify.mjs";
import {
  autoSignIn, confirmResetPassword, confirmSignIn, confirmSignUp, confirmUserAttribute, deleteUser,
  fetchAuthSession, fetchDevices, fetchMFAPreference, fetchUserAttributes, forgetDevice,
  getCurrentUser, rememberDevice, resetPassword, setUpTOTP, signIn, signOut, signUp,
  updateMFAPreference, updatePassword, updateUserAttributes, verifyTOTPSetup,
} from "aws-amplify/auth";
import {
  AdminCreateUserCommand, AdminForgetDeviceCommand, AdminGetUserCommand,
  CreateUserPoolClientCommand, CreateUserPoolCommand, GetTokensFromRefreshTokenCommand,
  GetUserCommand, SetUserPoolMfaConfigCommand,
} from "@aws-sdk/client-cognito-identity-provider";

import { JwtInvalidSignatureError } from "aws-jwt-verify/error";

import { forAccess, forId, forged } from "./verify.mjs";
import {
  Totp, claims, client, deviceStatus, messageTo, newClient, newPool, ok, password, person, refused,
  sendingPool, smsRole,
} from "./walk.mjs";

const admin = client();
const step = (result) => result.nextStep.signInStep;

function isStep(result, expected) {
  assert.equal(step(result), expected);
  return result;
}

async function tokens() {
  const { tokens } = await fetchAuthSession();
  return tokens;
}

async function checked(pool, clientId) {
  const { accessToken, idToken } = await tokens();
  const [access, id] = [await forAccess(pool, clientId), await forId(pool, clientId)];
  const payload = await access.verify(accessToken.toString());
  assert.equal(payload.sub, (await id.verify(idToken.toString())).sub);
  await assert.rejects(access.verify(forged(accessToken.toString())), JwtInvalidSignatureError);
  await assert.rejects(id.verify(accessToken.toString()));
  await assert.rejects(access.verify(idToken.toString()));
  return payload;
}

const WITH_CODE = ["PASSWORD_VERIFIER", "SOFTWARE_TOKEN_MFA"];
const DEVICE_STEPS = ["DEVICE_SRP_AUTH", "DEVICE_PASSWORD_VERIFIER", "tokens"];
const WITH_DEVICE = ["PASSWORD_VERIFIER", ...DEVICE_STEPS];

async function devices() {
  const pool = await newPool(admin, "people", true, true);
  const clientId = await newClient(admin, pool);
  const browser = use(pool, clientId);
  const made = await signUp({
    username: "ann", password, options: { userAttributes: { email: "ann@example.com" } },
  });
  assert.equal(made.nextStep.signUpStep, "CONFIRM_SIGN_UP");
  const early = await signIn({ username: "ann", password });
  assert.equal(step(early), "CONFIRM_SIGN_UP");
  const { code } = await messageTo("ann@example.com", "SignUp");
  const done = await confirmSignUp({ username: "ann", confirmationCode: code });
  assert.equal(done.isSignUpComplete, true);
  ok("signUp, confirmSignUp; before that signIn says what is missing");

  await refused(signIn({ username: "ann", password: "Another-horse-1" }), "NotAuthorizedException");
  taken();
  isStep(await signIn({ username: "ann", password }), "DONE");
  assert.deepEqual(path(), ["PASSWORD_VERIFIER", "tokens"]);
  assert.equal((await getCurrentUser()).username, "ann");
  await checked(pool, clientId);
  ok("signIn with SRP; both tokens verified by aws-jwt-verify, forged and confused ones refused");

  const { sharedSecret } = await setUpTOTP();
  const totp = new Totp(sharedSecret);
  await verifyTOTPSetup({ code: await totp.code() });
  await updateMFAPreference({ totp: "PREFERRED" });
  assert.deepEqual(await fetchMFAPreference(), { enabled: ["TOTP"], preferred: "TOTP" });
  ok("setUpTOTP, verifyTOTPSetup, updateMFAPreference, fetchMFAPreference");

  await browser.clear();
  taken();
  isStep(await signIn({ username: "ann", password }), "CONFIRM_SIGN_IN_WITH_TOTP_CODE");
  assert.deepEqual(path(), WITH_CODE);
  const right = await totp.code();
  const wrong = String((Number(right) + 1) % 1_000_000).padStart(6, "0");
  await refused(confirmSignIn({ challengeResponse: wrong }), "CodeMismatchException");
  isStep(await confirmSignIn({ challengeResponse: right }), "DONE");
  const confirmed = taken().find(({ operation }) => operation === "ConfirmDevice");
  assert.deepEqual(confirmed.answer, { UserConfirmationNecessary: true });
  const key = confirmed.sent.DeviceKey;
  assert.equal((await checked(pool, clientId)).device_key, key);
  ok("in a new browser a code is asked; a wrong one can be corrected; the device is confirmed");

  await rememberDevice();
  assert.equal(await deviceStatus(admin, pool, "ann", key), "remembered");
  assert.ok((await fetchDevices()).some((device) => device.id === key));
  taken();
  await signOut();
  assert.deepEqual(taken().map(({ operation }) => operation), ["RevokeToken"]);
  isStep(await signIn({ username: "ann", password }), "DONE");
  assert.deepEqual(path(), WITH_DEVICE);
  ok("rememberDevice: the next signIn asks no code; W1, W2, W13");

  const before = await tokens();
  taken();
  const { tokens: after } = await fetchAuthSession({ forceRefresh: true });
  const [renewal] = taken();
  assert.equal(renewal.operation, "GetTokensFromRefreshToken");
  assert.equal(renewal.sent.DeviceKey, key);
  assert.notEqual(after.accessToken.toString(), before.accessToken.toString());
  assert.equal(after.accessToken.payload.origin_jti, before.accessToken.payload.origin_jti);
  await checked(pool, clientId);
  ok("fetchAuthSession renews the tokens with the device's key");

  await admin.send(
    new AdminForgetDeviceCommand({ UserPoolId: pool, Username: "ann", DeviceKey: key }),
  );
  await browser.clear();
  isStep(await signIn({ username: "ann", password }), "CONFIRM_SIGN_IN_WITH_TOTP_CODE");
  isStep(await confirmSignIn({ challengeResponse: await totp.code() }), "DONE");
  await rememberDevice();
  await forgetDevice();
  assert.deepEqual((await fetchDevices()).filter((device) => device.id === key), []);
  ok("forgotten by an administrator: a code is asked; forgetDevice by the user");

  const stale = (await tokens()).accessToken.toString();
  await signOut({ global: true });
  await assert.rejects(getCurrentUser(), { name: "UserUnAuthenticatedException" });
  await refused(admin.send(new GetUserCommand({ AccessToken: stale })), "NotAuthorizedException");
  ok("signOut with global: the access token is worth nothing");
}

async function accounts() {
  const pool = await newPool(admin, "accounts", false, true);
  const clientId = await newClient(admin, pool);
  use(pool, clientId);
  const email = "bob@example.com";
  await signUp({ username: "bob", password, options: { userAttributes: { email } } });
  const { code } = await messageTo(email, "SignUp");
  await confirmSignUp({ username: "bob", confirmationCode: code });

  const asked = await resetPassword({ username: "bob" });
  assert.equal(asked.nextStep.resetPasswordStep, "CONFIRM_RESET_PASSWORD_WITH_CODE");
  assert.deepEqual(asked.nextStep.codeDeliveryDetails, {
    deliveryMedium: "EMAIL", destination: "b***@e***", attributeName: "email",
  });
  const reset = (await messageTo(email, "ForgotPassword")).code;
  const second = "Second-horse-8";
  const finish = (confirmationCode) =>
    confirmResetPassword({ username: "bob", confirmationCode, newPassword: second });
  await refused(finish("1234567"), "CodeMismatchException");
  await finish(reset);
  await refused(finish(reset), "ExpiredCodeException");
  await refused(signIn({ username: "bob", password }), "NotAuthorizedException");
  isStep(await signIn({ username: "bob", password: second }), "DONE");
  ok("resetPassword, confirmResetPassword: the code works once, the old password no more");

  const third = "Third-horse-9";
  await updatePassword({ oldPassword: second, newPassword: third });
  const next = "bob@new.example";
  const changed = await updateUserAttributes({ userAttributes: { email: next, name: "Bob" } });
  assert.equal(changed.email.nextStep.updateAttributeStep, "CONFIRM_ATTRIBUTE_WITH_CODE");
  assert.equal(changed.name.nextStep.updateAttributeStep, "DONE");
  assert.equal((await fetchUserAttributes()).email_verified, "false");
  const proof = (await messageTo(next, "UpdateUserAttribute")).code;
  await confirmUserAttribute({ userAttributeKey: "email", confirmationCode: proof });
  const shown = await fetchUserAttributes();
  assert.deepEqual([shown.email, shown.email_verified, shown.name], [next, "true", "Bob"]);
  await fetchAuthSession({ forceRefresh: true });
  assert.equal(claims((await tokens()).idToken.toString()).email, next);
  ok("updatePassword, updateUserAttributes, confirmUserAttribute: the new address is in the ID token");

  await deleteUser();
  await refused(signIn({ username: "bob", password: third }), "UserNotFoundException");
  ok("deleteUser");
}

async function byChoice() {
  const [pool, clientId] = await sendingPool(admin, "choosers", ["PASSWORD", "EMAIL_OTP", "SMS_OTP"]);
  use(pool, clientId);
  const email = "cat@example.com";
  const phone = "+15555550100";
  await person(admin, pool, "cat", {
    email, email_verified: "true", phone_number: phone, phone_number_verified: "true",
  });
  const by = (preferredChallenge, more = {}) =>
    signIn({
      username: "cat", ...more, options: { authFlowType: "USER_AUTH", preferredChallenge },
    });

  const sent = isStep(await by("EMAIL_OTP"), "CONFIRM_SIGN_IN_WITH_EMAIL_CODE");
  assert.equal(sent.nextStep.codeDeliveryDetails.destination, "c***@e***");
  await refused(confirmSignIn({ challengeResponse: "1234567" }), "CodeMismatchException");
  const { code } = await messageTo(email, "Authentication");
  isStep(await confirmSignIn({ challengeResponse: code }), "DONE");
  assert.equal((await checked(pool, clientId)).username, "cat");
  await signOut();
  ok("signIn by choice with a code by email, corrected after a wrong one");

  isStep(await by("SMS_OTP"), "CONFIRM_SIGN_IN_WITH_SMS_CODE");
  const text = (await messageTo(phone, "Authentication")).code;
  isStep(await confirmSignIn({ challengeResponse: text }), "DONE");
  await signOut();
  ok("by text message");

  taken();
  isStep(await by("PASSWORD_SRP", { password }), "DONE");
  assert.deepEqual(path(), ["PASSWORD_VERIFIER", "tokens"]);
  await signOut();
  isStep(await by("PASSWORD", { password }), "DONE");
  assert.deepEqual(path(), ["tokens"]);
  await signOut();
  ok("by password, with and without SRP");

  const choice = isStep(await by(undefined), "CONTINUE_SIGN_IN_WITH_FIRST_FACTOR_SELECTION");
  const offered = [...choice.nextStep.availableChallenges].sort();
  assert.deepEqual(offered, ["EMAIL_OTP", "PASSWORD", "PASSWORD_SRP", "SMS_OTP"]);
  isStep(
    await confirmSignIn({ challengeResponse: "PASSWORD_SRP" }), "CONFIRM_SIGN_IN_WITH_PASSWORD",
  );
  isStep(await confirmSignIn({ challengeResponse: password }), "DONE");
  await signOut();
  ok("without a preference the factors are offered, and one is chosen");
}

async function secondFactors() {
  const [pool, clientId] = await sendingPool(admin, "careful", ["PASSWORD"]);
  await admin.send(
    new SetUserPoolMfaConfigCommand({
      UserPoolId: pool,
      MfaConfiguration: "ON",
      SmsMfaConfiguration: { SmsConfiguration: smsRole },
      SoftwareTokenMfaConfiguration: { Enabled: true },
      EmailMfaConfiguration: { Message: "{####} signs you in", Subject: "Your code" },
    }),
  );
  use(pool, clientId);
  const phone = "+15555550111";
  await person(admin, pool, "dan", { phone_number: phone });
  isStep(await signIn({ username: "dan", password }), "CONFIRM_SIGN_IN_WITH_SMS_CODE");
  await refused(confirmSignIn({ challengeResponse: "1234567" }), "CodeMismatchException");
  const text = (await messageTo(phone, "Authentication")).code;
  isStep(await confirmSignIn({ challengeResponse: text }), "DONE");
  await checked(pool, clientId);
  await signOut();
  ok("SMS_MFA by confirmSignIn");

  await person(admin, pool, "eve", { email: "eve@example.com", phone_number: "+15555550122" });
  const choice = isStep(
    await signIn({ username: "eve", password }), "CONTINUE_SIGN_IN_WITH_MFA_SELECTION",
  );
  assert.deepEqual([...choice.nextStep.allowedMFATypes].sort(), ["EMAIL", "SMS"]);
  isStep(await confirmSignIn({ challengeResponse: "EMAIL" }), "CONFIRM_SIGN_IN_WITH_EMAIL_CODE");
  const mail = await messageTo("eve@example.com", "Authentication");
  assert.equal(mail.subject, "Your code");
  isStep(await confirmSignIn({ challengeResponse: mail.code }), "DONE");
  await updateMFAPreference({ email: "PREFERRED", sms: "ENABLED" });
  assert.deepEqual(await fetchMFAPreference(), { enabled: ["SMS", "EMAIL"], preferred: "EMAIL" });
  await signOut();
  isStep(await signIn({ username: "eve", password }), "CONFIRM_SIGN_IN_WITH_EMAIL_CODE");
  ok("SELECT_MFA_TYPE, EMAIL_OTP as a second factor, and as the preferred one");

  await person(admin, pool, "fay", {});
  const setUp = isStep(
    await signIn({ username: "fay", password }), "CONTINUE_SIGN_IN_WITH_MFA_SETUP_SELECTION",
  );
  assert.deepEqual([...setUp.nextStep.allowedMFATypes].sort(), ["EMAIL", "TOTP"]);
  isStep(await confirmSignIn({ challengeResponse: "EMAIL" }), "CONTINUE_SIGN_IN_WITH_EMAIL_SETUP");
  isStep(
    await confirmSignIn({ challengeResponse: "fay@example.com" }),
    "CONFIRM_SIGN_IN_WITH_EMAIL_CODE",
  );
  const { code } = await messageTo("fay@example.com", "Authentication");
  isStep(await confirmSignIn({ challengeResponse: code }), "DONE");
  assert.deepEqual(await fetchMFAPreference(), { enabled: ["EMAIL"], preferred: undefined });
  await signOut();
  ok("MFA_SETUP with an address");

  await person(admin, pool, "gus", {});
  await signIn({ username: "gus", password });
  const enrolment = isStep(
    await confirmSignIn({ challengeResponse: "TOTP" }), "CONTINUE_SIGN_IN_WITH_TOTP_SETUP",
  );
  const totp = new Totp(enrolment.nextStep.totpSetupDetails.sharedSecret);
  isStep(await confirmSignIn({ challengeResponse: await totp.code() }), "DONE");
  await signOut();
  isStep(await signIn({ username: "gus", password }), "CONFIRM_SIGN_IN_WITH_TOTP_CODE");
  isStep(await confirmSignIn({ challengeResponse: await totp.code() }), "DONE");
  await signOut();
  ok("MFA_SETUP with an authenticator app");
}

/** A sign-up that goes on to a sign-in. */
async function arriving() {
  const [pool, clientId] = await sendingPool(admin, "arriving", ["PASSWORD", "EMAIL_OTP"]);
  use(pool, clientId);
  const email = "joe@example.com";
  const autoSignInOptions = { authFlowType: "USER_AUTH" };
  const made = await signUp({
    username: "joe", options: { userAttributes: { email }, autoSignIn: autoSignInOptions },
  });
  assert.equal(made.nextStep.signUpStep, "CONFIRM_SIGN_UP");
  const { code } = await messageTo(email, "SignUp");
  const confirmed = await confirmSignUp({ username: "joe", confirmationCode: code });
  assert.equal(confirmed.nextStep.signUpStep, "COMPLETE_AUTO_SIGN_IN");
  taken();
  isStep(await autoSignIn(), "DONE");
  assert.deepEqual(path(), ["tokens"]);
  assert.equal((await checked(pool, clientId)).username, "joe");
  await signOut();
  ok("signUp without a password, autoSignIn after confirmSignUp: no other code is asked");
}

/** The client's refresh tokens are replaced when they are used. */
async function rotating() {
  const [pool] = await sendingPool(admin, "rotating", ["PASSWORD"]);
  const { UserPoolClient } = await admin.send(
    new CreateUserPoolClientCommand({
      UserPoolId: pool,
      ClientName: "app",
      ExplicitAuthFlows: ["ALLOW_USER_SRP_AUTH"],
      RefreshTokenRotation: { Feature: "ENABLED", RetryGracePeriodSeconds: 0 },
    }),
  );
  const clientId = UserPoolClient.ClientId;
  const browser = use(pool, clientId);
  await person(admin, pool, "ida", {});
  isStep(await signIn({ username: "ida", password }), "DONE");
  const kept = () => [...browser.items].find(([key]) => key.endsWith(".refreshToken"))[1];
  const used = [kept()];
  for (let round = 0; round < 3; round += 1) {
    await fetchAuthSession({ forceRefresh: true });
    await checked(pool, clientId);
    used.push(kept());
  }
  assert.equal(new Set(used).size, used.length);
  const again = { ClientId: clientId, RefreshToken: used[1] };
  await refused(
    admin.send(new GetTokensFromRefreshTokenCommand(again)), "RefreshTokenReuseException",
  );
  await fetchAuthSession({ forceRefresh: true });
  await signOut();
  ok("rotated refresh tokens are kept and used; one that was replaced is refused");
}

/** Invited by an administrator. */
async function invited() {
  const { UserPool } = await admin.send(
    new CreateUserPoolCommand({
      PoolName: "invited",
      Schema: [{ Name: "name", Required: true, Mutable: true, AttributeDataType: "String" }],
    }),
  );
  const pool = UserPool.Id;
  use(pool, await newClient(admin, pool));
  const user = { UserPoolId: pool, Username: "hal" };
  await admin.send(
    new AdminCreateUserCommand({
      ...user, TemporaryPassword: "Temporary-horse-1", MessageAction: "SUPPRESS",
    }),
  );
  const asked = isStep(
    await signIn({ username: "hal", password: "Temporary-horse-1" }),
    "CONFIRM_SIGN_IN_WITH_NEW_PASSWORD_REQUIRED",
  );
  assert.deepEqual(asked.nextStep.missingAttributes, ["name"]);
  const given = { challengeResponse: password, options: { userAttributes: { name: "Hal" } } };
  isStep(await confirmSignIn(given), "DONE");
  const { UserStatus, UserAttributes } = await admin.send(new AdminGetUserCommand(user));
  assert.equal(UserStatus, "CONFIRMED");
  assert.equal(UserAttributes.find(({ Name }) => Name === "name").Value, "Hal");
  await signOut();
  ok("NEW_PASSWORD_REQUIRED with a missing attribute");
}

const stories = {
  devices: [devices],
  accounts: [accounts, arriving, rotating, invited],
  factors: [byChoice, secondFactors],
};
// One of them, or all.
const wanted = process.argv.slice(2);
for (const [name, parts] of Object.entries(stories)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  for (const part of parts) await part();
}
// Amplify waits three minutes for a confirmation that autoSignIn does not need any more.
process.exit(0);
