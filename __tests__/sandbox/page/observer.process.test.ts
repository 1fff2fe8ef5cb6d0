import {
  CognitoIdentityProviderClient,
  InitiateAuthCommand,
  type InitiateAuthCommandOutput,
} from "@aws-sdk/client-cognito-identity-provider";
import { openWorld, type PaperWorld } from "../../../sandbox/accounts/from-synth";
import { peopleOf } from "../../../sandbox/accounts/people";
import { type SampleUser, sampleUsers } from "../../../sandbox/accounts/sample-users";
import { jsonOf } from "../../../sandbox/aws/json-of";
import { invokeTrigger } from "../../../sandbox/aws/trigger-invocation";
import { migrationEvent } from "../../../sandbox/aws/user-pool/migration";
import { Application } from "../../../sandbox/page/application";
import { Observer } from "../../../sandbox/page/observer";
import type { Story } from "../../../sandbox/page/page-state";
import { Stories } from "../../../sandbox/page/stories";
import { ROOT } from "../../support/program";

const users = sampleUsers();
const named = (name: string): SampleUser => {
  const found = users.find(({ email }) => email === `${name}@example.com`);
  if (found === undefined) throw new Error(`no sample user ${name}`);
  return found;
};

let world: PaperWorld;
let stories: Stories;
beforeAll(async () => {
  world = await openWorld({ root: ROOT, users });
  stories = new Stories(() => undefined);
  world.tellAlso(new Observer(world, stories));
});
afterAll(() => world.close());

/** Each step as `actor: call` or `actor: text`. */
const shown = ({ steps }: Story): string[] => steps.map(({ actor, call, text }) => `${actor}: ${call ?? text}`);
const last = (): Story => {
  const [story] = stories.all;
  if (story === undefined) throw new Error("no story");
  return story;
};

test("a migration is told call by call, and the next sign-in without the function", async () => {
  const { email, password } = named("ordinary");
  const people = peopleOf(world.destination);
  await people.signIn(email, password);
  expect(last()).toMatchObject({ title: "Sign-in", username: email, verdict: { text: "Migrated and signed in" } });
  const steps = shown(last());
  expect(steps.filter((step) => !/AssumeRole|lends/.test(step))).toEqual([
    "App: InitiateAuth USER_PASSWORD_AUTH",
    "Destination: UserMigration_Authentication",
    "Function: AdminInitiateAuth",
    "Source: lets the sign-in through",
    "Function: AdminGetUser",
    "Source: tells status, attributes and second factors",
    expect.stringMatching(/^Function: answers: handed over .*left behind: custom:legacy$/),
    "Destination: creates the user CONFIRMED, with this password",
    "Destination: answers with tokens",
  ]);
  // Of the first sign-in of this function.
  expect(steps).toEqual(expect.arrayContaining(["Function: AssumeRole", "Source: lends the role"]));

  await people.signIn(email, password);
  expect(shown(last())).toEqual([
    "App: InitiateAuth USER_PASSWORD_AUTH",
    "Destination: knows this user and checks the password itself: the function is not called",
    "Destination: answers with tokens",
  ]);
  expect(last().verdict?.text).toBe("Signed in, without the function");
});

test("why somebody is refused stands there, as the user does not learn it", async () => {
  await peopleOf(world.destination).signIn(named("sms-mfa").email, named("sms-mfa").password);
  const { steps, verdict } = last();
  expect(verdict).toEqual({ is: "refused", text: "Refused" });
  const texts = steps.map(({ text }) => text);
  expect(texts.find((text) => text.startsWith("answers as if"))).toMatch(/\(mfa\)\./);
  expect(texts.at(-1)).toBe("refuses: NotAuthorizedException. Incorrect username or password.");
});

test("a forgotten password: the user comes, then the code, then the answer", async () => {
  const people = peopleOf(world.destination);
  const { email } = named("reset-required");
  await people.askForCode(email);
  const steps = shown(last());
  const [, code = ""] = /the code (\d{6}) by e-mail to r\*\*\*@e\*\*\*/.exec(steps.join("\n")) ?? [];
  expect(steps.slice(-3)).toEqual([
    "Destination: creates the user RESET_REQUIRED",
    `Destination: sends the code ${code} by e-mail to r***@e***`,
    "Destination: answers that a code is on its way",
  ]);
  await people.setPassword(email, "Aa1-another-password", code);
  expect(last()).toMatchObject({ title: "New password", verdict: { is: "good", text: "New password set" } });
  await people.askForCode("nobody@example.com");
  expect(last().verdict?.text).toMatch(/^No code was sent/);
});

test("sign-ins at one time are told apart", async () => {
  const people = peopleOf(world.destination);
  const [first, second] = [named("Capitals"), named("unverified")];
  const before = stories.all[0]?.id ?? 0;
  await Promise.all([
    people.signIn("CAPITALS@example.com", first.password),
    people.signIn(second.email, `${second.password}x`),
  ]);
  const both = stories.all.filter(({ id }) => id > before);
  const calls = (username: string) =>
    both
      .filter((one) => one.username === username)
      .flatMap(({ steps, verdict }) => [verdict?.text, ...steps.flatMap(({ call }) => call ?? [])]);
  const begin = ["InitiateAuth USER_PASSWORD_AUTH", "UserMigration_Authentication", "AdminInitiateAuth"];
  expect(calls("CAPITALS@example.com")).toEqual(["Migrated and signed in", ...begin, "AdminGetUser"]);
  expect(calls(second.email)).toEqual(["Refused", ...begin]);
});

test("whom the function is asked for says which sign-in it is, not which came first", () => {
  const apart = new Stories(() => undefined);
  const observer = new Observer(world, apart);
  const { clientId: ClientId } = world.destination;
  const begin = (USERNAME: string) =>
    observer.request("cognitoIdentityProvider", {
      method: "POST",
      path: "/",
      headers: { "x-amz-target": "AWSCognitoIdentityProviderService.InitiateAuth" },
      body: JSON.stringify({ ClientId, AuthFlow: "USER_PASSWORD_AUTH", AuthParameters: { USERNAME } }),
    });
  const ask = (userName: string) =>
    observer.request("lambda", {
      method: "POST",
      path: "/2015-03-31/functions/any/invocations",
      headers: {},
      body: JSON.stringify({ triggerSource: "UserMigration_Authentication", userName }),
    });
  begin("First@example.com");
  begin("second@example.com");
  ask("second@example.com");
  const asked = (): string[] => apart.all.filter(({ steps }) => steps.length > 1).map(({ username }) => username);
  expect(asked()).toEqual(["second@example.com"]);
  // Cognito hands it on in small letters.
  ask("first@example.com");
  expect(asked()).toEqual(["second@example.com", "First@example.com"]);
});

test("to sign out ends the sign-in at the user pool, too", async () => {
  const heard: string[] = [];
  world.tellAlso({
    request: (_, { body }) => {
      const { Token } = (jsonOf(body) ?? {}) as { Token?: string };
      if (Token !== undefined) heard.push(Token);
      return () => undefined;
    },
  });
  const app = new Application(world, () => undefined);
  const { email, password } = named("ordinary");
  await app.do({ do: "signIn", username: email, password });
  await app.do({ do: "signOut" });
  expect(app.state).toEqual({ note: "Signed out.", isGood: true });
  expect(last()).toMatchObject({ title: "Sign-out", verdict: { is: "good", text: "Signed out" } });
  const { userPool, clientId } = world.destination;
  expect(heard).toHaveLength(1);
  expect(() => userPool.tokens.signInOf(heard[0] ?? "", userPool.clients.get(clientId))).toThrow("revoked");
});

test("SRP never asks the function", async () => {
  await peopleOf(world.destination).beginSrp(named("temporary").email);
  const { title, steps } = last();
  expect(title).toBe("Sign-in over SRP");
  expect(steps.map(({ actor }) => actor)).not.toContain("Function");
});

test("a sign-in that an operator tries is a story of its own", async () => {
  const { email, password } = named("temporary");
  const { region, userPoolId, clientId, administrator } = world.destination;
  const event = migrationEvent({
    triggerSource: "UserMigration_Authentication",
    region,
    userPoolId,
    clientId,
    userName: email,
    password,
  });
  await invokeTrigger(world.urls.lambda, world.function.configuration.arn, event, administrator);
  expect(last()).toMatchObject({ title: "Tried by an operator", verdict: { text: "Tried: nobody was created" } });
  expect(shown(last())).toContain("Function: AdminInitiateAuth");
});

test("what administrators do is no story, and neither passwords nor tokens are in one", async () => {
  const before = stories.all[0]?.id;
  await peopleOf(world.source).getUser(named("ordinary").email);
  await peopleOf(world.destination).countUsers();
  expect(stories.all[0]?.id).toBe(before);

  const { region, url: endpoint, clientId: ClientId } = world.destination;
  const client = new CognitoIdentityProviderClient({ region, endpoint, credentials: world.destination.administrator });
  const { email: USERNAME, password: PASSWORD } = named("ordinary");
  const { AuthenticationResult: tokens }: InitiateAuthCommandOutput = await client.send(
    new InitiateAuthCommand({ AuthFlow: "USER_PASSWORD_AUTH", ClientId, AuthParameters: { USERNAME, PASSWORD } }),
  );
  await client.send(
    new InitiateAuthCommand({
      AuthFlow: "REFRESH_TOKEN_AUTH",
      ClientId,
      AuthParameters: { REFRESH_TOKEN: tokens?.RefreshToken ?? "" },
    }),
  );
  expect(last()).toMatchObject({ title: "Refresh", verdict: { text: "Signed in" } });
  const text = JSON.stringify(stories.all);
  const secrets = [...users.map(({ password }) => password), "Aa1-another-password"];
  const ofSession = [tokens?.AccessToken, tokens?.IdToken, tokens?.RefreshToken].map(String);
  for (const secret of [...secrets, ...ofSession]) {
    expect(secret.length).toBeGreaterThan(8);
    expect(text).not.toContain(secret);
  }
});
