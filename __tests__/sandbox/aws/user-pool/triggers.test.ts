import type { TriggerAnswer } from "../../../../sandbox/aws/trigger-invocation";
import type { SeedUserPool } from "../../../../sandbox/aws/user-pool/seed";
import { CLIENT, list, PASSWORD, PLAIN, type Subject, seedUser, userPool } from "../../../support/user-pool";

interface Event {
  readonly triggerSource: string;
  readonly userName: string;
  readonly version: string;
  readonly callerContext: { readonly clientId: string };
  readonly request: Readonly<Record<string, unknown>> & { readonly userAttributes: Readonly<Record<string, string>> };
  readonly response: Readonly<Record<string, unknown>>;
}

const ARN = "arn:aws:lambda:eu-west-1:111111111111:function:theirs";
const NAMES = [
  "PreAuthentication",
  "UserMigration",
  "PreSignUp",
  "PostConfirmation",
  "PostAuthentication",
  "PreTokenGeneration",
];
const ALL = Object.fromEntries(NAMES.map((name) => [name, ARN]));
const MIGRANT = "migrant@example.com";
const FLOWS = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"];

interface Pool extends Subject {
  readonly seen: readonly Event[];
  signIn(name?: string, more?: object): ReturnType<Subject["call"]>;
}

/** A pool in which every trigger is one function: it migrates {@link MIGRANT}, and answers the rest with what `answers` say. */
function pool(
  answers: (event: Event) => object | Error | "gone" | undefined = () => undefined,
  { hides = true, ...seed }: Partial<SeedUserPool> & { hides?: boolean } = {},
): Pool {
  const known = { ...ALL };
  const settings = { PreventUserExistenceErrors: hides ? "ENABLED" : "LEGACY" } as const;
  const subject = userPool(
    {
      lambdaConfig: known,
      users: [seedUser("1")],
      appClients: [{ id: CLIENT, name: "application", explicitAuthFlows: FLOWS, settings }],
      ...seed,
    },
    {
      trigger: (): TriggerAnswer => {
        const event = subject.events.at(-1) as Event;
        const answer = answers(event);
        if (answer === "gone") return { kind: "not_invocable" };
        if (answer instanceof Error) return { kind: "failed", payload: { errorMessage: answer.message } };
        if (answer !== undefined) return { kind: "returned", payload: { ...event, response: answer } };
        const isMigrant = event.triggerSource.startsWith("UserMigration") && event.userName === MIGRANT;
        const migrated = {
          userAttributes: { email: MIGRANT, email_verified: "true", "custom:tier": "gold" },
          ...(event.triggerSource.endsWith("Authentication") ? { finalUserStatus: "CONFIRMED" } : {}),
          messageAction: "SUPPRESS",
        };
        return { kind: "returned", payload: isMigrant ? { ...event, response: migrated } : event };
      },
    },
  );
  const signIn: Pool["signIn"] = (USERNAME = "1@example.com", more = {}) =>
    subject.call("InitiateAuth", {
      ClientId: CLIENT,
      AuthFlow: "USER_PASSWORD_AUTH",
      AuthParameters: { USERNAME, PASSWORD },
      ...more,
    });
  return { ...subject, seen: subject.events as Event[], signIn };
}

const sourcesOf = ({ seen }: Pool): string[] => seen.map(({ triggerSource }) => triggerSource);
const claimsIn = (token: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
const refresh = (subject: Pool, token: string) =>
  subject.call("InitiateAuth", {
    ClientId: CLIENT,
    AuthFlow: "REFRESH_TOKEN_AUTH",
    AuthParameters: { REFRESH_TOKEN: token },
  });

/**
 * Which functions AWS's pages say that each flow calls, in which order, by the sources that they list.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html
 * Of a migration the place of PreAuthentication and the source of PreSignUp are the sandbox's: docs/sandbox.md.
 */
describe("which functions a flow calls, and in which order", () => {
  const SIGN_IN = [
    "PreAuthentication_Authentication",
    "PostAuthentication_Authentication",
    "TokenGeneration_Authentication",
  ];

  test.each<[string, (subject: Pool) => Promise<unknown>, string[]]>([
    ["a sign-in", (subject) => subject.signIn(), SIGN_IN],
    [
      "a sign-in from a server",
      (subject) =>
        subject.call("AdminInitiateAuth", {
          ClientId: CLIENT,
          AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
          AuthParameters: { USERNAME: "1@example.com", PASSWORD },
        }),
      SIGN_IN,
    ],
    [
      "a wrong password",
      (subject) => subject.signIn("1@example.com", { AuthParameters: { USERNAME: "1@example.com", PASSWORD: "x" } }),
      ["PreAuthentication_Authentication"],
    ],
    [
      "a sign-in that migrates",
      (subject) => subject.signIn(MIGRANT),
      [
        "PreAuthentication_Authentication",
        "UserMigration_Authentication",
        "PreSignUp_SignUp",
        "PostAuthentication_Authentication",
        "TokenGeneration_Authentication",
      ],
    ],
    [
      "the second sign-in of who has migrated",
      async (subject) => {
        await subject.signIn(MIGRANT);
        subject.events.length = 0;
        await subject.signIn(MIGRANT);
      },
      SIGN_IN,
    ],
    [
      "a sign-in of nobody",
      (subject) => subject.signIn("nobody@example.com"),
      ["PreAuthentication_Authentication", "UserMigration_Authentication"],
    ],
    [
      "a refresh",
      async (subject) => {
        const { AuthenticationResult } = await subject.signIn();
        subject.events.length = 0;
        await refresh(subject, AuthenticationResult.RefreshToken);
      },
      ["TokenGeneration_RefreshTokens"],
    ],
    [
      "a forgotten password",
      async (subject) => {
        await subject.call("ForgotPassword", { ClientId: CLIENT, Username: "1@example.com" });
        await subject.call("ConfirmForgotPassword", {
          ClientId: CLIENT,
          Username: "1@example.com",
          Password: PASSWORD,
          ConfirmationCode: subject.codes[0],
        });
      },
      ["PostConfirmation_ConfirmForgotPassword"],
    ],
    [
      "a forgotten password that migrates",
      async (subject) => {
        await subject.call("ForgotPassword", { ClientId: CLIENT, Username: MIGRANT });
        await subject.call("ConfirmForgotPassword", {
          ClientId: CLIENT,
          Username: MIGRANT,
          Password: PASSWORD,
          ConfirmationCode: subject.codes[0],
        });
      },
      ["UserMigration_ForgotPassword", "PreSignUp_SignUp", "PostConfirmation_ConfirmForgotPassword"],
    ],
    [
      "a sign-up",
      async (subject) => {
        const [ClientId, Username] = [CLIENT, "new@example.com"];
        await subject.call("SignUp", {
          ClientId,
          Username,
          Password: PASSWORD,
          UserAttributes: list({ email: Username }),
        });
        await subject.call("ConfirmSignUp", { ClientId, Username, ConfirmationCode: subject.codes[0] });
      },
      ["PreSignUp_SignUp", "PostConfirmation_ConfirmSignUp"],
    ],
    [
      "a sign-up that an administrator confirms",
      async (subject) => {
        const Username = "new@example.com";
        await subject.call("SignUp", {
          ClientId: CLIENT,
          Username,
          Password: PASSWORD,
          UserAttributes: list({ email: Username }),
        });
        await subject.call("AdminConfirmSignUp", { Username });
      },
      ["PreSignUp_SignUp", "PostConfirmation_ConfirmSignUp"],
    ],
    [
      "an administrator's creation, and the first sign-in",
      async (subject) => {
        const Username = "new@example.com";
        await subject.call("AdminCreateUser", {
          Username,
          TemporaryPassword: PASSWORD,
          UserAttributes: list({ email: Username }),
        });
        const { Session } = await subject.signIn(Username);
        await subject.call("RespondToAuthChallenge", {
          ClientId: CLIENT,
          ChallengeName: "NEW_PASSWORD_REQUIRED",
          ChallengeResponses: { USERNAME: Username, NEW_PASSWORD: `${PASSWORD}2` },
          Session,
        });
      },
      [
        "PreSignUp_AdminCreateUser",
        "PreAuthentication_Authentication",
        "PostAuthentication_Authentication",
        "TokenGeneration_NewPasswordChallenge",
      ],
    ],
  ])("%s", async (_, flow, expected) => {
    const subject = pool();
    await flow(subject).catch(() => undefined);
    expect(sourcesOf(subject)).toEqual(expected);
  });

  test("an app client that tells who exists asks PreAuthentication of nobody", async () => {
    const subject = pool(undefined, { hides: false });
    await subject.signIn(MIGRANT);
    expect(sourcesOf(subject)).not.toContain("PreAuthentication_Authentication");
  });

  test.each(["PreSignUp_SignUp", "PreSignUp_AdminCreateUser", "none"] as const)(
    "PreSignUp of a migration can be %s",
    async (triggerSource) => {
      for (const hasAttributes of [true, false]) {
        const subject = pool(undefined, { preSignUpInMigration: { triggerSource, hasAttributes } });
        await subject.signIn(MIGRANT, { ClientMetadata: { from: "app" } });
        const [event, ...more] = subject.seen.filter((one) => one.triggerSource.startsWith("PreSignUp"));
        expect(more).toEqual([]);
        if (triggerSource === "none") expect(event).toBeUndefined();
        else
          expect(event).toMatchObject({
            triggerSource,
            request: {
              validationData: { from: "app" },
              userAttributes: hasAttributes ? { email: MIGRANT, "custom:tier": "gold" } : {},
            },
          });
      }
    },
  );
});

describe("what an event says", () => {
  const eventOf = (subject: Pool, name: string): Event =>
    subject.seen.find((one) => one.triggerSource.startsWith(name)) as Event;

  test("ClientMetadata of a sign-in goes to the first three functions, and to no other", async () => {
    const subject = pool();
    await subject.signIn(MIGRANT, { ClientMetadata: { from: "app" } });
    const withIt = subject.seen.filter(({ request }) => JSON.stringify(request).includes('"from":"app"'));
    expect(withIt.map(({ triggerSource }) => triggerSource.split("_")[0])).toEqual([
      "PreAuthentication",
      "UserMigration",
      "PreSignUp",
    ]);
  });

  test("a migrating sign-in tells PreAuthentication that there is nobody, and the last two who has come", async () => {
    const subject = pool();
    await subject.signIn(MIGRANT);
    expect(eventOf(subject, "PreAuthentication")).toMatchObject({
      userName: MIGRANT,
      request: { userNotFound: true, userAttributes: {} },
    });
    const made = subject.pool.user(MIGRANT);
    for (const name of ["PostAuthentication", "TokenGeneration"])
      expect(eventOf(subject, name)).toMatchObject({
        version: "1",
        region: "eu-west-1",
        userPoolId: subject.pool.id,
        userName: made.username,
        callerContext: { clientId: CLIENT },
        request: {
          userAttributes: {
            sub: made.username,
            email: MIGRANT,
            "custom:tier": "gold",
            "cognito:user_status": "CONFIRMED",
          },
        },
      });
    expect(eventOf(subject, "TokenGeneration")).toMatchObject({
      request: { groupConfiguration: { groupsToOverride: [], iamRolesToOverride: [], preferredRole: null } },
      response: { claimsOverrideDetails: null },
    });
  });

  test("a function that token generation waits for has changed the user by then", async () => {
    const subject = pool(({ triggerSource }) => {
      if (triggerSource.startsWith("PostAuthentication")) {
        const user = subject.pool.user("1@example.com");
        subject.pool.users.change(user, { attributes: { ...user.attributes, "custom:tier": "late" } });
      }
      return undefined;
    });
    await subject.signIn();
    expect(eventOf(subject, "TokenGeneration").request.userAttributes["custom:tier"]).toBe("late");
  });
});

describe("pre sign-up decides of a sign-up", () => {
  const signUp = {
    ClientId: CLIENT,
    Username: "new@example.com",
    Password: PASSWORD,
    UserAttributes: list({ email: "new@example.com" }),
  };

  test("a confirmed user with a verified address gets no code, and is confirmed at once", async () => {
    const subject = pool(({ triggerSource }) =>
      triggerSource === "PreSignUp_SignUp" ? { autoConfirmUser: true, autoVerifyEmail: true } : undefined,
    );
    expect(await subject.call("SignUp", signUp)).toMatchObject({ UserConfirmed: true });
    expect(subject.pool.user(signUp.Username)).toMatchObject({
      status: "CONFIRMED",
      attributes: { email_verified: "true" },
    });
    expect([subject.codes, sourcesOf(subject)]).toEqual([[], ["PreSignUp_SignUp", "PostConfirmation_ConfirmSignUp"]]);
  });

  test("nothing of an administrator's creation", async () => {
    const subject = pool(() => ({ autoConfirmUser: true, autoVerifyEmail: true }));
    await subject.call("AdminCreateUser", { Username: signUp.Username, UserAttributes: signUp.UserAttributes });
    const { status, attributes } = subject.pool.user(signUp.Username);
    expect([status, attributes["email_verified"]]).toEqual(["FORCE_CHANGE_PASSWORD", undefined]);
  });

  test("nobody is made whom it refuses, not by a migration either", async () => {
    const subject = pool(({ triggerSource }) =>
      triggerSource.startsWith("PreSignUp") ? new Error("not you") : undefined,
    );
    const refusal = "UserLambdaValidationException: PreSignUp failed with error not you.";
    expect(await subject.refusal("SignUp", signUp)).toBe(refusal);
    expect(
      await subject.refusal("AdminCreateUser", { Username: signUp.Username, UserAttributes: signUp.UserAttributes }),
    ).toBe(refusal);
    await expect(subject.signIn(MIGRANT)).rejects.toThrow("PreSignUp failed with error not you.");
    expect(subject.pool.users.size).toBe(1);
  });
});

describe("a function that is no good", () => {
  test.each([
    [new Error("down"), "UserLambdaValidationException"],
    ["gone", "UnexpectedLambdaException"],
    [{ claimsOverrideDetails: { claimsToAddOrOverride: { a: 1 } } }, "InvalidLambdaResponseException"],
    [
      { claimsOverrideDetails: { groupOverrideDetails: { groupsToOverride: "admins" } } },
      "InvalidLambdaResponseException",
    ],
  ] as const)("before tokens lets nobody sign in or refresh: %p", async (answer, type) => {
    let isBroken = false;
    const subject = pool(({ triggerSource }) =>
      isBroken && triggerSource.startsWith("TokenGeneration") ? answer : undefined,
    );
    const { AuthenticationResult } = await subject.signIn();
    isBroken = true;
    for (const attempt of [
      subject.signIn(),
      subject.signIn(MIGRANT),
      refresh(subject, AuthenticationResult.RefreshToken),
    ])
      await expect(attempt).rejects.toMatchObject({ type });
    // They have come all the same.
    expect(subject.pool.user(MIGRANT).status).toBe("CONFIRMED");
  });

  test.each(["PreAuthentication", "PostAuthentication"])("%s refuses a sign-in", async (name) => {
    const subject = pool(({ triggerSource }) => (triggerSource.startsWith(name) ? new Error("no") : undefined));
    await expect(subject.signIn()).rejects.toMatchObject({
      type: "UserLambdaValidationException",
      message: `${name} failed with error no.`,
    });
  });
});

describe("tokens", () => {
  const ROLE = "arn:aws:iam::111111111111:role/editors";
  const groups: SeedUserPool["groups"] = [
    { GroupName: "editors", RoleArn: ROLE, Precedence: 2, members: [seedUser("1").username] },
    { GroupName: "Ünion", members: [seedUser("1").username] },
  ];
  const V2 = { lambdaConfig: { ...ALL, PreTokenGenerationConfig: { LambdaVersion: "V2_0", LambdaArn: ARN } } };
  const tokensWith = async (response: object | undefined, seed: Partial<SeedUserPool> = {}) => {
    const subject = pool(({ triggerSource }) => (triggerSource.startsWith("TokenGeneration") ? response : undefined), {
      groups,
      ...seed,
    });
    const { AuthenticationResult } = await subject.signIn();
    return { id: claimsIn(AuthenticationResult.IdToken), access: claimsIn(AuthenticationResult.AccessToken), subject };
  };
  const OWN = { "cognito:groups": ["editors", "Ünion"] };
  const groupClaims = (claims: Record<string, unknown>) =>
    Object.fromEntries(Object.entries(claims).filter(([name]) => /groups|role/.test(name)));

  test.each([
    undefined,
    {},
    { claimsOverrideDetails: null },
    { claimsOverrideDetails: {} },
    { claimsOverrideDetails: { claimsToSuppress: ["email"] } },
  ])("keep the groups where the answer says nothing of them: %j", async (response) => {
    const { id, access } = await tokensWith(response);
    expect(groupClaims(id)).toEqual({ ...OWN, "cognito:roles": [ROLE], "cognito:preferred_role": ROLE });
    expect(groupClaims(access)).toEqual(OWN);
  });

  test.each([
    null,
    {},
    { groupsToOverride: [] },
    { groupsToOverride: null, iamRolesToOverride: null, preferredRole: null },
  ])("lose the groups to an empty or null object: %j", async (groupOverrideDetails) => {
    for (const [member, seed] of [
      ["claimsOverrideDetails", {}],
      ["claimsAndScopeOverrideDetails", V2],
    ] as const) {
      const { id, access } = await tokensWith({ [member]: { groupOverrideDetails } }, seed);
      expect([groupClaims(id), groupClaims(access)]).toEqual([{}, {}]);
    }
  });

  test("have the groups of the answer, both of them, and roles only as far as they were copied", async () => {
    const many = Array.from({ length: 150 }, (_, index) => `group-${index}`);
    const { id, access } = await tokensWith({
      claimsOverrideDetails: {
        claimsToAddOrOverride: { "custom:tier": "new", sub: "forged", token_use: "forged" },
        claimsToSuppress: ["email", "iss"],
        groupOverrideDetails: { groupsToOverride: many, iamRolesToOverride: [ROLE], preferredRole: ROLE },
      },
    });
    expect(groupClaims(id)).toEqual({
      "cognito:groups": many,
      "cognito:roles": [ROLE],
      "cognito:preferred_role": ROLE,
    });
    expect(groupClaims(access)).toEqual({ "cognito:groups": many });
    expect(id).toMatchObject({
      "custom:tier": "new",
      sub: seedUser("1").username,
      token_use: "id",
      iss: expect.any(String),
    });
    expect([id["email"], access["custom:tier"]]).toEqual([undefined, undefined]);
  });

  test("of version two are changed each by its own, and have other scopes", async () => {
    const { id, access, subject } = await tokensWith(
      {
        claimsAndScopeOverrideDetails: {
          idTokenGeneration: { claimsToAddOrOverride: { only: { id: [1] } }, claimsToSuppress: ["email", "both"] },
          accessTokenGeneration: {
            claimsToAddOrOverride: { only: "access", username: "forged", both: "x" },
            claimsToSuppress: ["both"],
            scopesToAdd: ["orders/read"],
            scopesToSuppress: ["aws.cognito.signin.user.admin"],
          },
        },
      },
      V2,
    );
    expect(id).toMatchObject({ only: { id: [1] }, ...OWN });
    expect(id).not.toHaveProperty("email");
    expect(access).toMatchObject({ only: "access", scope: "orders/read", username: seedUser("1").username, ...OWN });
    expect(access).not.toHaveProperty("both");
    expect(subject.seen.at(-1)).toMatchObject({
      version: "2",
      request: { scopes: ["aws.cognito.signin.user.admin"] },
      response: { claimsAndScopeOverrideDetails: null },
    });
  });

  test("take nothing from the answer of the other version", async () => {
    const details = { groupOverrideDetails: { groupsToOverride: ["other"] } };
    expect((await tokensWith({ claimsAndScopeOverrideDetails: details })).access).toMatchObject(OWN);
    expect((await tokensWith({ claimsOverrideDetails: details }, V2)).access).toMatchObject(OWN);
  });

  test.each([
    [[1, "a", 2, "b"], "a"],
    [[undefined, "a", 0, "b"], "b"],
    [[1, "a", 1, "a"], "a"],
    [[1, "a", 1, "b"], undefined],
    [[1, undefined, 2, "b"], "b"],
  ] as const)("name the role of the lowest precedence, or none: %j", async ([first, one, second, other], preferred) => {
    const seed = [
      [first, one],
      [second, other],
    ] as const;
    const made = seed.map(([Precedence, RoleArn], index) => ({
      GroupName: `group-${index}`,
      members: [seedUser("1").username],
      ...(Precedence !== undefined && { Precedence }),
      ...(RoleArn !== undefined && { RoleArn }),
    }));
    const { id } = await tokensWith(undefined, { groups: made });
    expect(id["cognito:preferred_role"]).toBe(preferred);
  });
});

describe("what an app client may read and write of its user", () => {
  const settings = { ReadAttributes: ["email", "name"], WriteAttributes: ["name"] };
  const appClients = [{ id: CLIENT, name: "application", explicitAuthFlows: FLOWS, settings }];
  const users = [seedUser("1", { attributes: { "custom:tier": "gold", name: "Jane" } })];

  test("the ID token and GetUser have what it may read", async () => {
    const subject = userPool({ appClients, users });
    const { AuthenticationResult } = await subject.call("InitiateAuth", {
      ClientId: CLIENT,
      AuthFlow: "USER_PASSWORD_AUTH",
      AuthParameters: { USERNAME: "1@example.com", PASSWORD },
    });
    const id = claimsIn(AuthenticationResult.IdToken);
    expect([id["name"], id["email"], id["custom:tier"], id["email_verified"]]).toEqual([
      "Jane",
      "1@example.com",
      undefined,
      undefined,
    ]);
    const { UserAttributes } = await subject.call("GetUser", { AccessToken: AuthenticationResult.AccessToken });
    expect(UserAttributes.map(({ Name }) => Name).sort()).toEqual(["email", "name", "sub"]);
  });

  test("it changes and deletes what it may write, and verifies nothing", async () => {
    const subject = userPool({ appClients, users });
    const { AuthenticationResult } = await subject.call("InitiateAuth", {
      ClientId: CLIENT,
      AuthFlow: "USER_PASSWORD_AUTH",
      AuthParameters: { USERNAME: "1@example.com", PASSWORD },
    });
    const update = (values: Record<string, string>) =>
      subject.refusal("UpdateUserAttributes", {
        AccessToken: AuthenticationResult.AccessToken,
        UserAttributes: list(values),
      });
    expect(await update({ name: "John" })).toBeUndefined();
    for (const values of [
      { "custom:tier": "mine" },
      { name: "x", "custom:tier": "mine" },
      { email_verified: "true" },
    ] as Record<string, string>[])
      expect(await update(values)).toMatch(/^NotAuthorizedException: /);
    const remove = (name: string) =>
      subject.refusal("DeleteUserAttributes", {
        AccessToken: AuthenticationResult.AccessToken,
        UserAttributeNames: [name],
      });
    expect([await remove("custom:tier"), await remove("name")]).toEqual([
      expect.stringMatching(/^NotAuthorized/),
      undefined,
    ]);
    const { attributes } = subject.pool.user("1@example.com");
    expect([attributes["custom:tier"], attributes["name"]]).toEqual(["gold", undefined]);
  });

  test("an administrator blanks any attribute, in either way", async () => {
    for (const [operation, body] of [
      ["AdminUpdateUserAttributes", { UserAttributes: list({ "custom:tier": "" }) }],
      ["AdminDeleteUserAttributes", { UserAttributeNames: ["custom:tier"] }],
    ] as const) {
      const subject = userPool({ appClients, users });
      await subject.call(operation, { Username: "1@example.com", ...body });
      expect(subject.pool.user("1@example.com").attributes).not.toHaveProperty("custom:tier");
    }
  });
});

describe("LambdaConfig", () => {
  const configAfter = async (LambdaConfig: object, more: object = {}) => {
    const subject = userPool(PLAIN);
    await subject.call("UpdateUserPool", { MfaConfiguration: "OFF", LambdaConfig, ...more });
    return (await subject.call("DescribeUserPool")).UserPool["LambdaConfig"];
  };
  const config = (LambdaVersion: string, LambdaArn = ARN) => ({ LambdaVersion, LambdaArn });

  test.each([
    [{ PreTokenGeneration: ARN }, "V1_0"],
    [{ PreTokenGenerationConfig: config("V2_0") }, "V2_0"],
    [{ PreTokenGeneration: ARN, PreTokenGenerationConfig: config("V3_0") }, "V3_0"],
  ])("has the pre token generation function in both places: %j", async (given, version) => {
    expect(await configAfter(given)).toEqual({ PreTokenGeneration: ARN, PreTokenGenerationConfig: config(version) });
  });

  test("has it in neither once it is left out", async () => {
    const subject = userPool({ ...PLAIN, lambdaConfig: { PreTokenGeneration: ARN, PreSignUp: ARN } });
    await subject.call("UpdateUserPool", { MfaConfiguration: "OFF", LambdaConfig: { PreSignUp: ARN } });
    expect((await subject.call("DescribeUserPool")).UserPool["LambdaConfig"]).toEqual({ PreSignUp: ARN });
  });

  test.each([
    [{ PreTokenGeneration: ARN, PreTokenGenerationConfig: config("V1_0", `${ARN}2`) }, {}, "InvalidParameterException"],
    [{ PreTokenGenerationConfig: { LambdaArn: ARN } }, {}, "InvalidParameterException"],
    [{ PreTokenGenerationConfig: config("V2_0") }, { UserPoolTier: "LITE" }, "FeatureUnavailableInTierException"],
  ])("is refused: %j %j", async (given, more, type) => {
    await expect(configAfter(given, more)).rejects.toMatchObject({ type });
  });

  test("takes version one on every feature plan", async () => {
    await expect(configAfter({ PreTokenGeneration: ARN }, { UserPoolTier: "LITE" })).resolves.toBeDefined();
  });
});
