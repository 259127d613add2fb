// CUSTOM_AUTH with and without SRP first, with AWS Amplify and amazon-cognito-identity-js.
//
// The three functions ask for a word, and give up after the third wrong one.

import assert from "node:assert/strict";

import { path, taken, use } from "./amplify.mjs";
import { confirmSignIn, signIn, signOut, fetchAuthSession } from "aws-amplify/auth";
import {
  AuthenticationDetails, CognitoUser, CognitoUserPool,
} from "amazon-cognito-identity-js";
import {
  CreateUserPoolClientCommand, CreateUserPoolCommand,
} from "@aws-sdk/client-cognito-identity-provider";

import { Functions } from "./functions.mjs";
import { forAccess } from "./verify.mjs";
import { client, endpoint, ok, password, person, refused, region } from "./walk.mjs";

const CUSTOM = "CUSTOM_CHALLENGE";
const words = ["apple", "birch", "cedar"];

const functions = new Functions({
  DefineAuthChallenge({ request }) {
    const last = request.session.at(-1);
    const asked = request.session.filter(({ challengeName }) => challengeName === CUSTOM);
    if (last?.challengeName === "SRP_A") return { challengeName: "PASSWORD_VERIFIER" };
    if (last?.challengeName === "PASSWORD_VERIFIER" && !last.challengeResult) {
      return { failAuthentication: true, issueTokens: false };
    }
    if (last?.challengeName === CUSTOM && last.challengeResult) {
      return { issueTokens: true, failAuthentication: false };
    }
    if (asked.length === words.length) return { issueTokens: false, failAuthentication: true };
    return { challengeName: CUSTOM, issueTokens: false, failAuthentication: false };
  },
  CreateAuthChallenge({ request }) {
    const round = request.session.filter(({ challengeName }) => challengeName === CUSTOM).length;
    return {
      publicChallengeParameters: { hint: words[round][0] },
      privateChallengeParameters: { word: words[round] },
      challengeMetadata: `ROUND_${round}`,
    };
  },
  VerifyAuthChallengeResponse({ request }) {
    return { answerCorrect: request.challengeAnswer === request.privateChallengeParameters.word };
  },
});
await functions.listen();

const admin = client();
const arn = (name) => `arn:aws:lambda:${region}:000000000000:function:${name}`;
const names = ["DefineAuthChallenge", "CreateAuthChallenge", "VerifyAuthChallengeResponse"];
const { UserPool } = await admin.send(
  new CreateUserPoolCommand({
    PoolName: "riddles",
    LambdaConfig: Object.fromEntries(names.map((name) => [name, arn(name)])),
  }),
);
const pool = UserPool.Id;
const { UserPoolClient } = await admin.send(
  new CreateUserPoolClientCommand({
    UserPoolId: pool,
    ClientName: "app",
    ExplicitAuthFlows: ["ALLOW_CUSTOM_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
  }),
);
const clientId = UserPoolClient.ClientId;
await person(admin, pool, "ann", { email: "ann@example.com" });

async function amplify() {
  use(pool, clientId);
  const step = "CONFIRM_SIGN_IN_WITH_CUSTOM_CHALLENGE";
  const by = (authFlowType, secret) =>
    signIn({ username: "ann", password: secret, options: { authFlowType } });
  const asked = await by("CUSTOM_WITHOUT_SRP");
  assert.equal(asked.nextStep.signInStep, step);
  assert.equal(asked.nextStep.additionalInfo.hint, "a");
  assert.ok(!JSON.stringify(taken()).includes("apple"), "what is private stays with the server");
  const again = await confirmSignIn({ challengeResponse: "acorn" });
  assert.equal(again.nextStep.additionalInfo.hint, "b");
  const done = await confirmSignIn({ challengeResponse: "birch" });
  assert.equal(done.isSignedIn, true);
  assert.deepEqual(path(), [CUSTOM, "tokens"]);
  const access = await forAccess(pool, clientId);
  const { tokens } = await fetchAuthSession();
  assert.equal((await access.verify(tokens.accessToken.toString())).username, "ann");
  await signOut();
  ok("Amplify, CUSTOM_WITHOUT_SRP: asked again after a wrong answer, tokens after the right one");

  functions.taken();
  taken();
  const proven = await by("CUSTOM_WITH_SRP", password);
  assert.equal(proven.nextStep.signInStep, step);
  assert.deepEqual(path(), ["PASSWORD_VERIFIER", CUSTOM]);
  const order = ["DefineAuthChallenge", "DefineAuthChallenge", "CreateAuthChallenge"];
  assert.deepEqual(functions.taken(), order);
  assert.equal((await confirmSignIn({ challengeResponse: "apple" })).isSignedIn, true);
  await signOut();
  await refused(by("CUSTOM_WITH_SRP", "Another-horse-1"), "NotAuthorizedException");
  ok("Amplify, CUSTOM_WITH_SRP: the password first, then the word; a wrong password ends it");
}

/** What is called back first, and with what: one step of a sign-in. */
function next(start) {
  return new Promise((resolve, onFailure) => {
    const onSuccess = (session) => resolve(["onSuccess", session]);
    const customChallenge = (parameters) => resolve(["customChallenge", parameters]);
    start({ onFailure, onSuccess, customChallenge });
  });
}

async function identityJs() {
  const Pool = new CognitoUserPool({ UserPoolId: pool, ClientId: clientId, endpoint });
  const ann = new CognitoUser({ Username: "ann", Pool });
  const answer = (word) => next((calls) => ann.sendCustomChallengeAnswer(word, calls));
  const nothing = new AuthenticationDetails({ Username: "ann" });
  const begin = () => next((calls) => ann.initiateAuth(nothing, calls));
  const [asked, parameters] = await begin();
  assert.deepEqual([asked, parameters.hint], ["customChallenge", "a"]);
  assert.equal((await answer("acorn"))[1].hint, "b");
  const [done, session] = await answer("birch");
  assert.equal(done, "onSuccess");
  const access = await forAccess(pool, clientId);
  await access.verify(session.getAccessToken().getJwtToken());
  ok("amazon-cognito-identity-js: initiateAuth, sendCustomChallengeAnswer");

  await begin();
  await answer("acorn");
  await answer("beech");
  await refused(answer("chestnut"), "NotAuthorizedException", "Incorrect username or password.");
  await refused(answer("cedar"), "NotAuthorizedException");
  ok("the third wrong answer ends it");

  ann.setAuthenticationFlowType("CUSTOM_AUTH");
  const details = new AuthenticationDetails({ Username: "ann", Password: password });
  const [proven] = await next((calls) => ann.authenticateUser(details, calls));
  assert.equal(proven, "customChallenge");
  assert.equal((await answer("apple"))[0], "onSuccess");
  ok("with SRP first");
}

await amplify();
await identityJs();
functions.close();
