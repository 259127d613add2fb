// Checking tokens as a service does that receives them: signature, issuer, client, use and time.
//
// aws-jwt-verify has a verifier for Cognito's own issuers (`poolhouse serve --issuer aws`) and a general
// one, which is for any other issuer. It gets keys by HTTPS only; from a server without TLS they are
// fetched here and handed over (`cacheJwks`).

import assert from "node:assert/strict";

import { CognitoJwtVerifier, JwtVerifier } from "aws-jwt-verify";

import { endpoint } from "./walk.mjs";

export async function keys(pool) {
  const reply = await fetch(`${endpoint}/${pool}/.well-known/jwks.json`);
  assert.equal(reply.status, 200);
  return reply.json();
}

async function ready(verifier, pool) {
  verifier.cacheJwks(await keys(pool));
  return verifier;
}

/** For ID tokens: their audience is the client. */
export function forId(pool, client) {
  const settings = {
    issuer: `${endpoint}/${pool}`,
    audience: client,
    customJwtCheck: ({ payload }) => assert.equal(payload.token_use, "id"),
  };
  return ready(JwtVerifier.create(settings), pool);
}

/** For access tokens: they name the client elsewhere. */
export function forAccess(pool, client) {
  const settings = {
    issuer: `${endpoint}/${pool}`,
    audience: null,
    customJwtCheck: ({ payload }) => {
      assert.equal(payload.token_use, "access");
      assert.equal(payload.client_id, client);
    },
  };
  return ready(JwtVerifier.create(settings), pool);
}

/** For the server that names AWS's issuers: nothing but the ids is said. */
export function cognito(pool, client, use) {
  const verifier = CognitoJwtVerifier.create({ userPoolId: pool, clientId: client, tokenUse: use });
  return ready(verifier, pool);
}

/** The same token with another claim, and the signature it had. */
export function forged(token) {
  const [head, body, signature] = token.split(".");
  const payload = JSON.parse(Buffer.from(body, "base64url"));
  payload.sub = "00000000-0000-4000-8000-000000000000";
  return [head, Buffer.from(JSON.stringify(payload)).toString("base64url"), signature].join(".");
}
