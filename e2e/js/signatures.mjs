// W12: what the AWS SDK for JavaScript v3 signs verifies; a wrong secret and an unknown key are told.

import {
  DescribeUserPoolCommand, ListUserPoolsCommand, paginateListUserPools,
} from "@aws-sdk/client-cognito-identity-provider";
import { GetUserCommand, IAMClient } from "@aws-sdk/client-iam";
import assert from "node:assert/strict";

import { client, endpoint, iamUser, newPool, ok, refused, region } from "./walk.mjs";

const admin = client();
for (const name of ["one", "two", "three"]) await newPool(admin, name, false, false);
const seen = [];
const pages = paginateListUserPools({ client: admin, pageSize: 2 }, { MaxResults: 2 });
for await (const page of pages) seen.push(...page.UserPools.map((pool) => pool.Name));
assert.deepEqual(seen.sort(), ["one", "three", "two"]);
ok("W12: signed calls of the SDK, page by page");

const wrong = client({ accessKeyId: "AKIDNOBODY", secretAccessKey: "x" });
const list = new ListUserPoolsCommand({ MaxResults: 1 });
await refused(wrong.send(list), "UnrecognizedClientException");
const { accessKeyId } = await admin.config.credentials();
const forged = client({ accessKeyId, secretAccessKey: "x" });
await refused(forged.send(list), "InvalidSignatureException");
ok("an unknown key and a wrong secret are told");

const pool = (await admin.send(list)).UserPools[0].Id;
const reader = await iamUser("reader", "cognito-idp:DescribeUserPool", pool);
const described = await reader.send(new DescribeUserPoolCommand({ UserPoolId: pool }));
assert.equal(described.UserPool.Id, pool);
assert.ok(described.UserPool.CreationDate instanceof Date);
await refused(reader.send(list), "AccessDeniedException");
const iam = new IAMClient({ endpoint, region });
assert.equal((await iam.send(new GetUserCommand({ UserName: "reader" }))).User.UserName, "reader");
ok("an IAM user made with the SDK may do what the policy says");
