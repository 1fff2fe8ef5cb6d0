import { createPublicKey, verify } from "node:crypto";
import { request } from "node:http";
import { openWorld, type PaperWorld } from "../../../sandbox/accounts/from-synth";
import { ROOT } from "../../support/program";

let world: PaperWorld;
let url: string;
beforeAll(async () => {
  world = await openWorld({ root: ROOT, users: [] });
  url = world.urls.cognitoIdentityProvider;
});
afterAll(() => world.close());

interface Keys {
  readonly keys: readonly { readonly kid: string; readonly kty: string; readonly n: string; readonly e: string }[];
}
const read = async <T>(path: string): Promise<T> => (await (await fetch(`${url}${path}`)).json()) as T;
const keysOf = (id: string): Promise<Keys> => read(`/${id}/.well-known/jwks.json`);
const partOf = (token: string, index: number) =>
  JSON.parse(Buffer.from(token.split(".")[index] ?? "", "base64url").toString());

test("both tokens are signed by keys that the pool lists, each by its own, and the other pool has others", async () => {
  const { userPool: pool, userPoolId, clientId } = world.destination;
  const user = pool.users.add({
    username: "signed",
    attributes: { sub: "6a1b0c9e-0000-4000-8000-000000000001" },
    password: "Aa1-password",
    status: "CONFIRMED",
    enabled: true,
    mfa: [],
    created: new Date(),
    modified: new Date(),
  });
  const tokens = pool.tokens.issue(user, pool.clients.get(clientId), { id: {}, access: {} }) as Record<string, string>;
  const { keys } = await keysOf(userPoolId);
  const kids = ["AccessToken", "IdToken"].map((name) => {
    const token = tokens[name] ?? "";
    const { kid, alg } = partOf(token, 0);
    const key = keys.find((one) => one.kid === kid);
    const [header, payload, signature = ""] = token.split(".");
    const isSigned = verify(
      "RSA-SHA256",
      Buffer.from(`${header}.${payload}`),
      createPublicKey({ key: { ...key }, format: "jwk" }),
      Buffer.from(signature, "base64url"),
    );
    expect([alg, isSigned]).toEqual(["RS256", true]);
    return kid;
  });
  expect(new Set(kids).size).toBe(2);
  const others = (await keysOf(world.source.userPoolId)).keys.map(({ kid }) => kid);
  expect(others.filter((kid) => kids.includes(kid))).toEqual([]);
});

test("the configuration leads to the keys, under the issuer of the tokens", async () => {
  const { userPoolId: id, region } = world.destination;
  const found = await read<{ issuer: string; jwks_uri: string }>(`/${id}/.well-known/openid-configuration`);
  expect(found).toMatchObject({
    issuer: `https://cognito-idp.${region}.amazonaws.com/${id}`,
    id_token_signing_alg_values_supported: ["RS256"],
  });
  expect(await (await fetch(found.jwks_uri)).json()).toEqual(await keysOf(id));
});

test.each(["/", "/eu-central-1_Nobody001/.well-known/jwks.json", "/POOL/.well-known/constructor", "/POOL"])(
  "any other path is not there, and the answer says what is: %s",
  async (path) => {
    const response = await fetch(`${url}${path.replace("POOL", world.destination.userPoolId)}`);
    const said = await response.json();
    expect([response.status, said]).toEqual([404, { message: expect.stringContaining(".well-known/jwks.json") }]);
  },
);

describe("a page of another origin", () => {
  /** By hand: fetch sets no Origin. */
  const ask = (method: string, origin: string | undefined) =>
    new Promise<{ status: number | undefined; headers: NodeJS.Dict<string | string[]> }>((resolve, reject) => {
      const headers = {
        ...(origin === undefined ? {} : { origin }),
        "x-amz-target": "AWSCognitoIdentityProviderService.GetUser",
      };
      const sent = request(url, { method, headers }, (answer) => {
        answer.resume();
        resolve({ status: answer.statusCode, headers: answer.headers });
      });
      sent.on("error", reject);
      sent.end(method === "POST" ? "{}" : undefined);
    });

  test.each(["http://localhost:3000", "http://localhost", "http://127.0.0.1:5173", "http://[::1]:8080"])(
    "on loopback may ask, and read the answer and its error: %s",
    async (origin) => {
      const preflight = await ask("OPTIONS", origin);
      expect(preflight.status).toBe(204);
      expect(preflight.headers).toMatchObject({
        "access-control-allow-origin": origin,
        "access-control-allow-methods": expect.stringContaining("POST"),
        vary: "Origin",
      });
      const allowed = String(preflight.headers["access-control-allow-headers"]);
      for (const header of ["cache-control", "content-type", "x-amz-target", "x-amz-user-agent", "authorization"])
        expect(allowed).toContain(header);
      const answer = await ask("POST", origin);
      expect(answer.headers).toMatchObject({
        "access-control-allow-origin": origin,
        "access-control-expose-headers": expect.stringContaining("x-amzn-errortype"),
      });
    },
  );

  test.each([
    "https://example.com",
    "http://localhost.example.com",
    "http://127.0.0.1.example.com:3000",
    "http://example.com/http://localhost",
    "http://192.168.0.7:3000",
    "null",
    undefined,
  ])("elsewhere may not: %s", async (origin) => {
    for (const method of ["OPTIONS", "POST"]) {
      const { status, headers } = await ask(method, origin);
      expect(headers["access-control-allow-origin"]).toBeUndefined();
      // A page whose own name leads to this machine needs no CORS to read an answer: it gets none.
      if (method === "OPTIONS" || origin !== undefined) expect(status).toBe(403);
      else expect(status).not.toBe(403);
    }
  });
});
