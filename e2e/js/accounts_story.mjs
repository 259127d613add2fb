// A forgotten password and a new address with amazon-cognito-identity-js.

import assert from "node:assert/strict";

import {
  AuthenticationDetails, CognitoUser, CognitoUserAttribute, CognitoUserPool,
} from "amazon-cognito-identity-js";

import { client, endpoint, messageTo, newClient, newPool, ok, password, register } from "./walk.mjs";

const next = "Second-horse-8";

function promised(start) {
  return new Promise((resolve, reject) => {
    start((error, value) => (error ? reject(error) : resolve(value)));
  });
}

/** The library's other form of callbacks. */
function called(start, more = {}) {
  return new Promise((resolve, reject) => {
    start({ onSuccess: (...values) => resolve(values), onFailure: reject, ...more });
  });
}

const [admin, open] = [client(), client()];
const pool = await newPool(admin, "accounts", false, true);
const clientId = await newClient(admin, pool);
await register(open, clientId, "ann");

const users = new CognitoUserPool({ UserPoolId: pool, ClientId: clientId, endpoint });
const ann = new CognitoUser({ Username: "ann", Pool: users });

const asked = await new Promise((resolve, reject) => {
  ann.forgotPassword({
    onSuccess: () => reject(new Error("a code was expected")),
    onFailure: reject,
    inputVerificationCode: resolve,
  });
});
assert.deepEqual(asked.CodeDeliveryDetails, {
  AttributeName: "email", DeliveryMedium: "EMAIL", Destination: "a***@e***",
});
const reset = (await messageTo("ann@example.com", "ForgotPassword")).code;
await assert.rejects(called((done) => ann.confirmPassword("1234567", next, done)), {
  name: "CodeMismatchException",
});
assert.deepEqual(await called((done) => ann.confirmPassword(reset, next, done)), ["SUCCESS"]);
const signIn = (secret) =>
  called((done) =>
    ann.authenticateUser(
      new AuthenticationDetails({ Username: "ann", Password: secret }), done,
    ),
  );
await assert.rejects(signIn(password), { name: "NotAuthorizedException" });
await signIn(next);
ok("a forgotten password is replaced, and signs in by SRP");

const email = new CognitoUserAttribute({ Name: "email", Value: "ann@new.example" });
const [result, details] = await new Promise((resolve, reject) => {
  ann.updateAttributes([email], (error, value, sent) =>
    error ? reject(error) : resolve([value, sent]),
  );
});
assert.equal(result, "SUCCESS");
assert.equal(details.CodeDeliveryDetailsList[0].Destination, "a***@n***");
const shown = async () => {
  const list = await promised((done) => ann.getUserAttributes(done));
  return Object.fromEntries(list.map(({ Name, Value }) => [Name, Value]));
};
const before = await shown();
assert.deepEqual([before.email, before.email_verified], ["ann@new.example", "false"]);
const code = (await messageTo("ann@new.example", "UpdateUserAttribute")).code;
await called((done) => ann.verifyAttribute("email", code, done));
assert.equal((await shown()).email_verified, "true");
ok("a new address is verified by its code");

await promised((done) => ann.deleteAttributes(["email"], done));
assert.equal((await shown()).email, undefined);
ok("and deleted");
