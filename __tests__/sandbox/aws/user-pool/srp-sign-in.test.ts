import { createHmac } from "node:crypto";
import { srpClient } from "../../../support/srp-client";
import { CLIENT, named, PASSWORD, PLAIN, type Subject, seedUser, userPool } from "../../../support/user-pool";

const POOL = "eu-west-1_Pool00001";
const TRIGGER = { UserMigration: "arn:aws:lambda:eu-west-1:111111111111:function:migrate" };
const client = (settings: object = {}, flows = ["ALLOW_USER_SRP_AUTH", "ALLOW_USER_AUTH"]) => [
  { id: CLIENT, name: "a", explicitAuthFlows: flows, settings },
];
const HIDING = { PreventUserExistenceErrors: "ENABLED" };

const start = (name: string, SRP_A: string) => ({
  ClientId: CLIENT,
  AuthFlow: "USER_SRP_AUTH",
  AuthParameters: { USERNAME: name, SRP_A },
});

const hashed = (name: string) => ({
  SECRET_HASH: createHmac("sha256", "secret").update(`${name}${CLIENT}`).digest("base64"),
});

async function signIn(
  { call }: Pick<Subject, "call">,
  name: string,
  password = PASSWORD,
  changed: object = {},
  proof: (name: string) => object = () => ({}),
) {
  const srp = srpClient(POOL);
  const { AuthParameters, ...asked } = start(name, srp.A);
  const first = await call("InitiateAuth", { ...asked, AuthParameters: { ...AuthParameters, ...proof(name) } });
  const { ChallengeName, ChallengeParameters: sent } = first;
  expect(ChallengeName).toBe("PASSWORD_VERIFIER");
  const ChallengeResponses = { USERNAME: sent["USER_ID_FOR_SRP"], ...srp.answer(sent, password), ...changed };
  return { sent, answer: { ClientId: CLIENT, ChallengeName, ChallengeResponses } };
}

test("who knows the password gets tokens, by any of the names", async () => {
  const subject = userPool({ users: [seedUser("a")], appClients: client() });
  for (const name of ["a@example.com", "A@Example.com", seedUser("a").username]) {
    const { answer } = await signIn(subject, name);
    expect((await subject.call("RespondToAuthChallenge", answer)).AuthenticationResult.AccessToken).toBeDefined();
  }
});

test.each([
  ["a wrong password", "a@example.com", "Aa1-wrong", {}],
  ["nobody", "nobody@example.com", PASSWORD, {}],
  ["a user without a password", "imported@example.com", "undefined", {}],
  ["another time", "a@example.com", PASSWORD, { TIMESTAMP: "Sat Sep 5 09:05:03 UTC 2026" }],
  ["another signature", "a@example.com", PASSWORD, { PASSWORD_CLAIM_SIGNATURE: Buffer.alloc(32).toString("base64") }],
  ["a block that was not sent", "a@example.com", PASSWORD, { PASSWORD_CLAIM_SECRET_BLOCK: "AAAA" }],
  ["another user's name", "a@example.com", PASSWORD, { USERNAME: "b@example.com" }],
])(
  "%s is refused in the second step, in the same words, where users are hidden",
  async (_, name, password, changed) => {
    const { password: __, ...imported } = seedUser("imported");
    const subject = userPool({ users: [seedUser("a"), seedUser("b"), imported], appClients: client(HIDING) });
    const { answer } = await signIn(subject, name, password, changed);
    expect(await subject.refusal("RespondToAuthChallenge", answer)).toBe(
      "NotAuthorizedException: Incorrect username or password.",
    );
  },
);

test("nobody has the challenge that a user has: a UUID for a name, the same salt again, another number each time", async () => {
  const subject = userPool({ users: [seedUser("a")], appClients: client(HIDING) });
  const all = [];
  for (const name of ["a@example.com", "a@example.com", "nobody@example.com", "nobody@example.com"])
    all.push((await signIn(subject, name)).sent);
  const [user, userAgain, nobody, nobodyAgain] = all as [object, object, object, object];
  expect(Object.keys(nobody)).toEqual(Object.keys(user));
  const lengths = (one: object) =>
    Object.entries(one).map(([name, text]) => [name, name === "SRP_B" ? "" : text.length]);
  expect(lengths(nobody)).toEqual(lengths(user));
  expect(nobody).toMatchObject({ USER_ID_FOR_SRP: expect.stringMatching(/^[\da-f-]{36}$/) });
  const lasting = ({ SALT, USERNAME }: { SALT?: string; USERNAME?: string }) => ({ SALT, USERNAME });
  expect([lasting(userAgain), lasting(nobodyAgain)]).toEqual([lasting(user), lasting(nobody)]);
  expect(lasting(nobody)).not.toEqual(lasting(user));
  expect(new Set(all.map(({ SRP_B }) => SRP_B)).size).toBe(4);
});

test("nobody is told where users are not hidden", async () => {
  const { refusal } = userPool({ appClients: client() });
  expect(await refusal("InitiateAuth", start("nobody@example.com", "2"))).toBe(
    "UserNotFoundException: User does not exist.",
  );
});

test("the migration trigger is not asked", async () => {
  const subject = userPool({ appClients: client(HIDING), lambdaConfig: TRIGGER });
  const { answer } = await signIn(subject, "nobody@example.com");
  expect(await subject.refusal("RespondToAuthChallenge", answer)).toContain("NotAuthorizedException");
  expect(subject.events).toEqual([]);
});

test("an answer has as long as the client waits, and a client with a secret proves it", async () => {
  const clock = { now: new Date("2026-09-05T09:05:03Z") };
  const pass = (ms: number): void => {
    clock.now = new Date(clock.now.getTime() + ms);
  };
  const subject = userPool({ users: [seedUser("a")], appClients: client() }, { now: () => clock.now });
  const inTime = (await signIn(subject, "a@example.com")).answer;
  pass(179_999);
  expect(await subject.refusal("RespondToAuthChallenge", inTime)).toBeUndefined();
  const late = (await signIn(subject, "a@example.com")).answer;
  pass(180_000);
  expect(await subject.refusal("RespondToAuthChallenge", late)).toContain("NotAuthorizedException");

  const [app] = client({ ClientSecret: "secret" });
  const secretive = userPool({ users: [seedUser("a")], appClients: app === undefined ? [] : [app] });
  const { answer } = await signIn(secretive, "a@example.com", PASSWORD, {}, hashed);
  expect(await secretive.refusal("RespondToAuthChallenge", answer)).toContain("SECRET_HASH was not received");
  const { USERNAME } = answer.ChallengeResponses;
  const proven = { ...answer, ChallengeResponses: { ...answer.ChallengeResponses, ...hashed(String(USERNAME)) } };
  expect(await secretive.refusal("RespondToAuthChallenge", proven)).toBeUndefined();
});

test("an answer to a challenge of before a change of the password proves nothing, nor one of a user who is gone", async () => {
  const subject = userPool({ users: [seedUser("a")], appClients: client() });
  const { answer } = await signIn(subject, "a@example.com");
  await subject.call("AdminSetUserPassword", {
    Username: "a@example.com",
    Password: "Aa1-from-above",
    Permanent: true,
  });
  expect(await subject.refusal("RespondToAuthChallenge", answer)).toContain("Incorrect username or password.");
  const plain = userPool({ ...PLAIN, users: [named("jane")], appClients: client() });
  const { answer: ofGone } = await signIn(plain, "jane");
  await plain.call("AdminDeleteUser", { Username: "jane" });
  await plain.call("AdminCreateUser", { Username: "jane", MessageAction: "SUPPRESS" });
  await plain.call("AdminSetUserPassword", { Username: "jane", Password: PASSWORD, Permanent: true });
  expect(await plain.refusal("RespondToAuthChallenge", ofGone)).toContain("Incorrect username or password.");
});

test("an answer serves once, for its own client", async () => {
  const other = { id: "other00000000000000000000000", name: "b", explicitAuthFlows: ["ALLOW_USER_SRP_AUTH"] };
  const subject = userPool({ users: [seedUser("a")], appClients: [...client(), other] });
  const first = (await signIn(subject, "a@example.com")).answer;
  expect(await subject.refusal("RespondToAuthChallenge", { ...first, ClientId: other.id })).toContain("NotAuthorized");
  const { answer } = await signIn(subject, "a@example.com");
  expect(await subject.refusal("RespondToAuthChallenge", answer)).toBeUndefined();
  expect(await subject.refusal("RespondToAuthChallenge", answer)).toContain("NotAuthorizedException");
});

test.each([
  ["no public number", "InitiateAuth", { AuthParameters: { USERNAME: "a@example.com" } }],
  ["zero", "InitiateAuth", { AuthParameters: { USERNAME: "a@example.com", SRP_A: "0" } }],
])("%s is no request", async (_, operation, changed) => {
  const { refusal } = userPool({ users: [seedUser("a")], appClients: client() });
  const request = { ...start("a@example.com", "2"), ...changed };
  expect(await refusal(operation, request)).toContain("InvalidParameterException");
});

test("after the password come a new password and a second factor", async () => {
  const users = [
    seedUser("new", { status: "FORCE_CHANGE_PASSWORD" }),
    seedUser("sms", { mfaSettings: ["SMS_MFA"], attributes: { phone_number: "+15550001" } }),
  ];
  const subject = userPool({ users, appClients: client() });
  const next = async (name: string) =>
    (await subject.call("RespondToAuthChallenge", (await signIn(subject, name)).answer)).ChallengeName;
  expect([await next("new@example.com"), await next("sms@example.com")]).toEqual(["NEW_PASSWORD_REQUIRED", "SMS_MFA"]);
});

describe("a choice", () => {
  const choose = (parameters: object) => ({
    ClientId: CLIENT,
    AuthFlow: "USER_AUTH",
    AuthParameters: { USERNAME: "a@example.com", ...parameters },
  });
  const migrating = () =>
    userPool(
      { appClients: client(HIDING), lambdaConfig: TRIGGER },
      {
        trigger: () => ({
          kind: "returned",
          payload: { response: { userAttributes: { email: "a@example.com" }, finalUserStatus: "CONFIRMED" } },
        }),
      },
    );

  test("is between a password and SRP, whether or not there is such a user", async () => {
    const { call } = userPool({ users: [seedUser("a")], appClients: client() });
    for (const USERNAME of ["a@example.com", "nobody@example.com"])
      expect(await call("InitiateAuth", choose({ USERNAME }))).toMatchObject({
        ChallengeName: "SELECT_CHALLENGE",
        AvailableChallenges: ["PASSWORD", "PASSWORD_SRP"],
      });
  });

  test.each([
    ["at once", { PREFERRED_CHALLENGE: "PASSWORD", PASSWORD }, []],
    ["after it was asked for", { PREFERRED_CHALLENGE: "PASSWORD" }, [["PASSWORD", { PASSWORD }]]],
    ["after the choice", {}, [["SELECT_CHALLENGE", { ANSWER: "PASSWORD", PASSWORD }]]],
    [
      "after the choice, asked for",
      { PREFERRED_CHALLENGE: "WEB_AUTHN" },
      [
        ["SELECT_CHALLENGE", { ANSWER: "PASSWORD" }],
        ["PASSWORD", { PASSWORD }],
      ],
    ],
  ] as const)("a password is taken %s", async (_, parameters, answers) => {
    const { call } = userPool({ users: [seedUser("a")], appClients: client() });
    let said = await call("InitiateAuth", choose(parameters));
    for (const [ChallengeName, responses] of answers) {
      expect(said.ChallengeName).toBe(ChallengeName);
      const ChallengeResponses = { USERNAME: "a@example.com", ...responses };
      said = await call("RespondToAuthChallenge", {
        ClientId: CLIENT,
        ChallengeName,
        Session: said.Session,
        ChallengeResponses,
      });
    }
    expect(said.AuthenticationResult.AccessToken).toBeDefined();
  });

  test("SRP is taken", async () => {
    const { call } = userPool({ users: [seedUser("a")], appClients: client() });
    const srp = srpClient(POOL);
    const said = await call("InitiateAuth", choose({ PREFERRED_CHALLENGE: "PASSWORD_SRP", SRP_A: srp.A }));
    const { ChallengeName, Session, ChallengeParameters: sent } = said;
    const ChallengeResponses = { USERNAME: "a@example.com", ...srp.answer(sent, PASSWORD) };
    const answer = { ClientId: CLIENT, ChallengeName, Session, ChallengeResponses };
    expect((await call("RespondToAuthChallenge", answer)).AuthenticationResult.AccessToken).toBeDefined();
  });

  test("asks the migration trigger only where the switch is on", async () => {
    const request = choose({ PREFERRED_CHALLENGE: "PASSWORD", PASSWORD });
    const off = migrating();
    expect(await off.refusal("InitiateAuth", request)).toContain("NotAuthorizedException: Incorrect username");
    expect(off.events).toEqual([]);
    const on = migrating();
    on.pool.migratesInUserAuth = true;
    expect((await on.call("InitiateAuth", request)).AuthenticationResult.AccessToken).toBeDefined();
    expect(on.events).toHaveLength(1);
  });
});
