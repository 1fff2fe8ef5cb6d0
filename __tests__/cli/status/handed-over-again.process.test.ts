import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CognitoIdentityProviderClient, InitiateAuthCommand } from "@aws-sdk/client-cognito-identity-provider";
import type { SeedUser } from "../../../sandbox/aws/user-pool/seed";
import { type Operator, openOperator } from "../../support/operator";

const PASSWORD = "Correct-horse-1";
const DAY_MS = 86_400_000;

const person = (name: string, number: number, phone: string): SeedUser => {
  const sub = `${number}1111111-2222-4333-8444-555555555555`;
  const verified = { email_verified: "true", phone_number_verified: "true" };
  return {
    username: sub,
    password: PASSWORD,
    attributes: { sub, email: `${name}@example.com`, phone_number: phone, ...verified },
  };
};

let operator: Operator;
beforeAll(async () => {
  operator = await openOperator({
    // Two share a telephone, which is a name at the destination and was none at the source.
    users: [person("first", 1, "+15550100"), person("second", 2, "+15550100"), person("third", 3, "+15550177")],
    isAttached: true,
    settings: { DESTINATION_ALIAS_ATTRIBUTES: "email,phone_number" },
    destinationNaming: { usernameAttributes: [], aliasAttributes: ["email", "phone_number"], requiredAttributes: [] },
  });
});
afterAll(() => operator.close());

/** Some minutes ago, half a minute from the next: what is done at once is done in one minute. */
function goBack(minutes: number): void {
  operator.world.clock.turnBack((minutes * 60_000 + (Date.now() % 60_000) - 30_000) / DAY_MS);
}

/** What the application is told. */
function signIn(name: string, password = PASSWORD): Promise<string> {
  const { world } = operator;
  const { region, clientId: ClientId, administrator: credentials } = world.destination;
  const endpoint = world.urls.cognitoIdentityProvider;
  const AuthParameters = { USERNAME: `${name}@example.com`, PASSWORD: password };
  return new CognitoIdentityProviderClient({ region, endpoint, credentials, maxAttempts: 1 })
    .send(new InitiateAuthCommand({ ClientId, AuthFlow: "USER_PASSWORD_AUTH", AuthParameters }))
    .then(
      () => "tokens",
      ({ name: kind, message }: Error) => `${kind}: ${message}`,
    );
}

const REFUSED = "UserNotFoundException: Error during migration: An account with the phone_number already exists.";

async function handOvers(...parameters: readonly string[]) {
  const { status, stdout, stderr } = await operator.run("status", "--json", ...parameters);
  expect([status, stderr]).toEqual([0, expect.any(String)]);
  expect(stdout).not.toMatch(/@example|555010|[0-9a-f]{16}/);
  return JSON.parse(stdout).handOvers;
}

test("before anybody has come there is nothing to count", async () => {
  expect(await handOvers()).toMatchObject({ names: 0, handOvers: 0, namesAgain: 0, timesAgain: 0 });
  expect((await operator.run("status")).stdout).toMatch(/^Nobody was handed over\.$/m);
});

test("what the function refuses shows before anybody has come", async () => {
  goBack(2 * 24 * 60);
  expect(await signIn("first", `${PASSWORD}x`)).toMatch(/^NotAuthorizedException/);
  const { outcomes, timeline } = JSON.parse((await operator.run("status", "--json")).stdout);
  expect([timeline, outcomes.refused]).toEqual([
    [],
    { signIns: 1, reasons: [expect.objectContaining({ reason: "not_authorized", signIns: 1 })] },
  ]);
});

test("who is refused once, or at once again, is not called handed over again", async () => {
  goBack(180);
  expect([await signIn("first"), await signIn("third")]).toEqual(["tokens", "tokens"]);
  expect([await signIn("second"), await signIn("second")]).toEqual([REFUSED, REFUSED]);
  const counts = await handOvers();
  expect(counts).toEqual({
    since: expect.any(String),
    names: 3,
    handOvers: 3,
    namesAgain: 0,
    timesAgain: 0,
  });
  const { stdout } = await operator.run("status");
  expect(stdout).toMatch(/^Nobody was handed over twice\. /m);
  // Two days before the first came.
  expect(stdout).toMatch(/^refused +1\n {2}not_authorized +1 /m);
});

test("a user whom Cognito refuses at each sign-in is one name that was handed over again", async () => {
  goBack(120);
  expect(await signIn("second")).toBe(REFUSED);
  goBack(60);
  expect(await signIn("second")).toBe(REFUSED);
  // Who is there is not handed over any more.
  expect(await signIn("first")).toBe("tokens");
  const lastAgain = operator.world.clock.now();
  operator.world.clock.turnBack(0);
  const counts = await handOvers();
  expect(counts).toMatchObject({ names: 3, handOvers: 5, namesAgain: 1, timesAgain: 2 });
  expect(Math.abs(new Date(counts.lastAgain).getTime() - lastAgain.getTime())).toBeLessThan(10_000);

  const { stdout } = await operator.run("status", "--html", "status.html");
  expect(stdout).toMatch(
    /^Handed over {2,}Names {2,}Times {2,}%\nin all {2,}3 {2,}5\nagain, a minute later or more {2,}1 {2,}2 {2,}40\.0$/m,
  );
  const text = `Last at ${counts.lastAgain.slice(0, 16).replace("T", " ")} UTC. Cognito asks only about users it does not have: it refused these, or`;
  expect(stdout).toContain(text);
  expect(readFileSync(join(operator.directory, "status.html"), "utf8")).toContain(text);
});

test("a user who was deleted and came anew counts, too: the log does not tell the two apart", async () => {
  const { users } = operator.world.destination.userPool;
  const third = users.find("third@example.com");
  if (third !== undefined) users.delete(third);
  expect(await signIn("third")).toBe("tokens");
  expect(await handOvers()).toMatchObject({ names: 3, handOvers: 6, namesAgain: 2, timesAgain: 3 });
});

test("--since leaves out what was before", async () => {
  goBack(3 * 24 * 60);
  expect(await signIn("second")).toBe(REFUSED);
  operator.world.clock.turnBack(0);
  const yesterday = new Date(Date.now() - DAY_MS).toISOString().slice(0, 10);
  expect(await handOvers("--since", yesterday)).toMatchObject({
    since: `${yesterday}T00:00:00.000Z`,
    handOvers: 6,
    timesAgain: 3,
  });
  expect(await handOvers()).toMatchObject({ names: 3, handOvers: 7, timesAgain: 4 });
});
