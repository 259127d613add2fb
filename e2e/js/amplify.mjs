// AWS Amplify as an app holds it, outside of a browser.
//
// Amplify keeps one configuration and one user for the whole program, as in a page. Where there is no
// `localStorage` it is given a store of its own (`cognitoUserPoolsTokenProvider.setKeyValueStorage`),
// and the address of the pool is a setting (`userPoolEndpoint`). It sends the operations below by
// `fetch`; what it sends is kept, so that a story can say how far it went.

// Before 21, Node.js has no `navigator`; without one Amplify confirms no device, in silence.
globalThis.navigator ??= { userAgent: "Node.js", platform: process.platform, language: "en" };
// And its name of the device is that of the browser.
globalThis.window ??= { navigator: globalThis.navigator };

let traffic = [];
const plainFetch = globalThis.fetch;
globalThis.fetch = async (url, options) => {
  const reply = await plainFetch(url, options);
  const operation = new Headers(options?.headers).get("x-amz-target")?.split(".")[1];
  if (operation) {
    const answer = await reply.clone().json().catch(() => null);
    traffic.push({ operation, sent: JSON.parse(options.body), answer });
  }
  return reply;
};

const { Amplify } = await import("aws-amplify");
const { cognitoUserPoolsTokenProvider } = await import("aws-amplify/auth/cognito");
const { endpoint } = await import("./walk.mjs");

/** What a browser keeps between visits. */
export class Storage {
  items = new Map();
  setItem = async (key, value) => void this.items.set(key, value);
  getItem = async (key) => this.items.get(key) ?? null;
  removeItem = async (key) => void this.items.delete(key);
  clear = async () => this.items.clear();
}

/** From here on the program is this app, in a browser that keeps this. */
export function use(userPoolId, userPoolClientId, storage = new Storage()) {
  Amplify.configure({
    Auth: { Cognito: { userPoolId, userPoolClientId, userPoolEndpoint: endpoint } },
  });
  cognitoUserPoolsTokenProvider.setKeyValueStorage(storage);
  return storage;
}

/** What has been sent since the last call. */
export function taken() {
  const seen = traffic;
  traffic = [];
  return seen;
}

/** The challenges that the sign-in calls led to, `tokens` for the end, errors by their names. */
export function path() {
  return taken()
    .filter(({ operation }) => ["InitiateAuth", "RespondToAuthChallenge"].includes(operation))
    .map(({ answer }) => answer.__type ?? answer.ChallengeName ?? "tokens");
}
