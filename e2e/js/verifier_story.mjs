// Tokens of a server that names AWS's issuers, checked by the verifier that knows no others.
//
// CognitoJwtVerifier is told a pool id and a client id, as everywhere; the keys are this server's.

import assert from "node:assert/strict";

import {
  JwtExpiredError, JwtInvalidClaimError, JwtInvalidIssuerError, JwtInvalidSignatureError,
} from "aws-jwt-verify/error";
import {
  CreateUserPoolClientCommand, InitiateAuthCommand,
} from "@aws-sdk/client-cognito-identity-provider";

import { cognito, forAccess, forged, keys } from "./verify.mjs";
import { client, newPool, ok, password, person } from "./walk.mjs";

const admin = client();
const pool = await newPool(admin, "verified", false, true);
const { UserPoolClient } = await admin.send(
  new CreateUserPoolClientCommand({
    UserPoolId: pool, ClientName: "app", ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"],
  }),
);
const clientId = UserPoolClient.ClientId;
await person(admin, pool, "ann", { email: "ann@example.com" });
const { AuthenticationResult } = await admin.send(
  new InitiateAuthCommand({
    ClientId: clientId,
    AuthFlow: "USER_PASSWORD_AUTH",
    AuthParameters: { USERNAME: "ann", PASSWORD: password },
  }),
);
const { AccessToken, IdToken } = AuthenticationResult;

const access = await cognito(pool, clientId, "access");
const id = await cognito(pool, clientId, "id");
const { sub, username } = await access.verify(AccessToken);
assert.equal(username, "ann");
assert.equal((await id.verify(IdToken)).sub, sub);
assert.equal((await keys(pool)).keys.length, 2);
ok("CognitoJwtVerifier takes both tokens");

await assert.rejects(access.verify(forged(AccessToken)), JwtInvalidSignatureError);
await assert.rejects(access.verify(IdToken), JwtInvalidClaimError);
await assert.rejects(id.verify(AccessToken), JwtInvalidClaimError);
const other = await cognito(pool, "someotherclient", "access");
await assert.rejects(other.verify(AccessToken), JwtInvalidClaimError);
const general = await forAccess(pool, clientId);
await assert.rejects(general.verify(AccessToken), JwtInvalidIssuerError);
const late = Date.now;
Date.now = () => late() + 25 * 60 * 60 * 1000;
await assert.rejects(access.verify(AccessToken), JwtExpiredError);
Date.now = late;
ok("and refuses a forged one, the wrong use, client or issuer, and one that has expired");
