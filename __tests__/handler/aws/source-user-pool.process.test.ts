import { Agent } from "node:https";
import { startTurn } from "../../../handler/aws/call-budget";
import { type Connection, connectSourceUserPool } from "../../../handler/aws/source-user-pool";
import type { HandlerSettings } from "../../../rules/function-environment";
import type { FailedOutcome } from "../../../rules/outcome";
import { json, type Response } from "../../../sandbox/aws/http";
import { assumedRole, awsError, type ScriptedAws, scriptedAws, stsError, tokens } from "../../support/scripted-aws";

const SETTINGS = {
  sourceUserPoolId: "eu-west-1_Source001",
  sourceRegion: "eu-west-1",
  sourceRoleArn: "arn:aws:iam::111111111111:role/cognito_migration_customers",
  sourceAppClientId: "1example",
  externalId: "an-external-id",
  region: "eu-central-1",
  credentials: { accessKeyId: "ASIAEXECUTION", secretAccessKey: "not-a-real-key", sessionToken: "not-a-real-token" },
} as HandlerSettings;

const TOKENS = tokens("s");
const PROFILE = {
  Username: "user1",
  Enabled: true,
  UserStatus: "CONFIRMED",
  UserAttributes: [{ Name: "sub", Value: "s" }, { Name: "email", Value: "user@example.com" }, { Name: "nickname" }],
};

let aws: ScriptedAws;
let source: Connection;

function connect(budgetMs = 4000): Connection {
  const turn = startTurn(budgetMs);
  return connectSourceUserPool(SETTINGS, new Agent(), () => turn);
}

beforeEach(async () => {
  aws = await scriptedAws();
  for (const service of ["STS", "COGNITO_IDENTITY_PROVIDER"]) process.env[`AWS_ENDPOINT_URL_${service}`] = aws.url;
  aws.answers = {
    AssumeRole: () => assumedRole(),
    AdminInitiateAuth: () => TOKENS,
    AdminGetUser: () => json(200, PROFILE),
  };
  source = connect();
});

afterEach(async () => {
  await aws.close();
});

const answering = (operation: string, response: Response): void => {
  aws.answers[operation] = () => response;
};

test("assumes the role with the External ID, for one hour, in a session that names nobody", async () => {
  await source.signIn("user@example.com", "a-password");
  const request = aws.requests[0];
  expect(Object.fromEntries(new URLSearchParams(request?.body))).toEqual({
    Action: "AssumeRole",
    Version: "2011-06-15",
    RoleArn: SETTINGS.sourceRoleArn,
    RoleSessionName: "cognito-migration",
    ExternalId: "an-external-id",
    DurationSeconds: "3600",
  });
  expect(request?.headers.authorization).toContain("Credential=ASIAEXECUTION/");
});

test("proves the password in the one pool and app client, with the role's credentials", async () => {
  expect(await source.signIn("user@example.com", "a-password")).toEqual({ kind: "tokens", sub: "s", groups: [] });
  const request = aws.requests[1];
  expect(JSON.parse(request?.body ?? "")).toEqual({
    UserPoolId: "eu-west-1_Source001",
    ClientId: "1example",
    AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
    AuthParameters: { USERNAME: "user@example.com", PASSWORD: "a-password" },
  });
  expect(request?.headers.authorization).toContain("Credential=ASIASCRIPTED/");
});

test("keeps the credentials, and fetches new ones shortly before they expire", async () => {
  await source.warmUp();
  await source.signIn("a", "b");
  await source.getUser("a");
  expect(aws.calls).toEqual(["AssumeRole", "AdminInitiateAuth", "AdminGetUser"]);

  aws.answers["AssumeRole"] = () => assumedRole(new Date(Date.now() + 60_000));
  const other = connect();
  await other.warmUp();
  await other.signIn("a", "b");
  const { length } = aws.calls.slice(3).filter((call) => call === "AssumeRole");
  expect(length).toBeGreaterThan(1);
});

test("warming up never throws, and the first call says what is wrong", async () => {
  answering("AssumeRole", stsError("AccessDenied"));
  await source.warmUp();
  await expect(source.signIn("a", "b")).rejects.toMatchObject({ outcome: "access_denied", errorName: "AccessDenied" });
});

test("reads a profile", async () => {
  expect(await source.getUser("user@example.com")).toEqual({
    username: "user1",
    enabled: true,
    status: "CONFIRMED",
    attributes: { sub: "s", email: "user@example.com" },
    mfaSettings: [],
  });
});

test.each([
  [{ UserMFASettingList: ["SOFTWARE_TOKEN_MFA"] }, ["SOFTWARE_TOKEN_MFA"]],
  [{ PreferredMfaSetting: "EMAIL_OTP" }, ["EMAIL_OTP"]],
  [{ MFAOptions: [{ DeliveryMedium: "SMS", AttributeName: "phone_number" }] }, ["SMS_MFA"]],
])("finds a second factor wherever Cognito keeps it: %j", async (more, mfaSettings) => {
  answering("AdminGetUser", json(200, { ...PROFILE, ...more }));
  expect(await source.getUser("a")).toMatchObject({ mfaSettings });
});

test.each([
  ["CERT_HAS_EXPIRED", "SomethingNewException"],
  ["ECONNREFUSED", "ResourceNotFoundException"],
])("a code %s in the body of an answer decides nothing, and is sent once", async (code, __type) => {
  answering("AdminInitiateAuth", json(400, { __type, code, idleBefore: true, syscall: "connect", message: "m" }));
  await expect(source.signIn("a", "b")).rejects.toMatchObject({ errorName: __type });
  expect(aws.calls.filter((call) => call === "AdminInitiateAuth")).toHaveLength(1);
});

test("an absent Enabled is not taken for true", async () => {
  const { Enabled: _, ...rest } = PROFILE;
  answering("AdminGetUser", json(200, rest));
  expect(await source.getUser("a")).toMatchObject({ enabled: false });
});

test("a profile that is not there", async () => {
  answering("AdminGetUser", awsError("UserNotFoundException"));
  expect(await source.getUser("a")).toBeUndefined();
});

test.each([
  ["NotAuthorizedException", { kind: "refused", outcome: "not_authorized" }],
  ["UserNotFoundException", { kind: "refused", outcome: "user_not_found" }],
  ["UserNotConfirmedException", { kind: "refused", outcome: "user_unconfirmed" }],
  ["UserLambdaValidationException", { kind: "refused", outcome: "source_trigger" }],
  ["PasswordResetRequiredException", { kind: "reset_required" }],
])("%s is an answer, and is not asked for twice", async (type, expected) => {
  answering("AdminInitiateAuth", awsError(type));
  expect(await source.signIn("a", "b")).toEqual(expected);
  expect(aws.calls).toEqual(["AssumeRole", "AdminInitiateAuth"]);
});

test.each([
  [
    { ChallengeName: "SMS_MFA", Session: "s" },
    { kind: "challenge", name: "SMS_MFA" },
  ],
  [{ ChallengeName: "NEW_IN_2030" }, { kind: "challenge", name: "NEW_IN_2030" }],
  [{}, { kind: "challenge", name: "" }],
  [{ AuthenticationResult: {} }, { kind: "challenge", name: "" }],
])("%j proves nothing by itself", async (body, expected) => {
  answering("AdminInitiateAuth", json(200, body));
  expect(await source.signIn("a", "b")).toEqual(expected);
});

test.each<[string, Response, FailedOutcome]>([
  ["TooManyRequestsException", awsError("TooManyRequestsException"), "throttled"],
  ["AccessDeniedException", awsError("AccessDeniedException"), "access_denied"],
  ["ResourceNotFoundException", awsError("ResourceNotFoundException"), "misconfigured"],
  ["InvalidParameterException", awsError("InvalidParameterException"), "misconfigured"],
  ["UnexpectedLambdaException", awsError("UnexpectedLambdaException"), "source_trigger_failed"],
  ["InvalidLambdaResponseException", awsError("InvalidLambdaResponseException"), "source_trigger_failed"],
  ["InternalErrorException", json(500, { __type: "InternalErrorException", message: "m" }), "source_unavailable"],
  ["SomethingNewException", awsError("SomethingNewException"), "unexpected"],
])("%s is no refusal", async (errorName, response, outcome) => {
  answering("AdminInitiateAuth", response);
  await expect(source.signIn("a", "b")).rejects.toMatchObject({ outcome, errorName });
  answering("AdminGetUser", response);
  await expect(source.getUser("a")).rejects.toMatchObject({ outcome, errorName });
});

test("an error of the gateway in front of AWS is no refusal", async () => {
  answering("AdminInitiateAuth", { status: 503, headers: { "content-type": "text/html" }, body: "<html>busy</html>" });
  await expect(source.signIn("a", "b")).rejects.toMatchObject({ outcome: "source_unavailable" });
});

const MANY = Array.from({ length: 150 }, (_, n) => `group-${n}`);

test.each<[string, object, readonly string[] | undefined]>([
  ["none", {}, []],
  ["null", { "cognito:groups": null }, []],
  ["an empty list", { "cognito:groups": [] }, []],
  ["a list", { "cognito:groups": ["staff", "Grüße"] }, ["staff", "Grüße"]],
  ["a hundred and fifty", { "cognito:groups": MANY }, MANY],
  ["a text", { "cognito:groups": "staff" }, undefined],
  ["a list with something else in it", { "cognito:groups": ["staff", 1] }, undefined],
])("the groups of the access token: %s", async (_, claims, groups) => {
  answering("AdminInitiateAuth", tokens("s", claims));
  expect(await source.signIn("a", "b")).toEqual({ kind: "tokens", sub: "s", groups });
  expect(aws.calls).toEqual(["AssumeRole", "AdminInitiateAuth"]);
});

test("a call past the deadline is aborted", async () => {
  const impatient = connect(200);
  aws.answers["AdminInitiateAuth"] = () => new Promise(() => undefined);
  await expect(impatient.signIn("a", "b")).rejects.toMatchObject({ outcome: "deadline" });
});

test("a sign-in that takes its time is waited for, and sent once", async () => {
  aws.answers["AdminInitiateAuth"] = async () => {
    await new Promise((resolve) => setTimeout(resolve, 2500));
    return TOKENS;
  };
  expect(await source.signIn("a", "b")).toEqual({ kind: "tokens", sub: "s", groups: [] });
  expect(aws.calls).toEqual(["AssumeRole", "AdminInitiateAuth"]);
});

test("a sign-in is not sent again after an error that may have come after the password was looked at", async () => {
  answering("AdminInitiateAuth", awsError("InternalErrorException", "m", 500));
  await expect(source.signIn("a", "b")).rejects.toThrow();
  expect(aws.calls).toEqual(["AssumeRole", "AdminInitiateAuth"]);
});

test("a throttled sign-in waits and goes out again, since it was turned away unread", async () => {
  let attempts = 0;
  aws.answers["AdminInitiateAuth"] = () => {
    attempts += 1;
    return attempts === 1 ? awsError("TooManyRequestsException") : TOKENS;
  };
  expect(await source.signIn("a", "b")).toEqual({ kind: "tokens", sub: "s", groups: [] });
  expect(aws.calls).toEqual(["AssumeRole", "AdminInitiateAuth", "AdminInitiateAuth"]);
});

test("a profile that hangs is given up in time for one more", async () => {
  let attempts = 0;
  aws.answers["AdminGetUser"] = () => {
    attempts += 1;
    return attempts === 1 ? new Promise(() => undefined) : json(200, PROFILE);
  };
  expect(await source.getUser("a")).toMatchObject({ username: "user1" });
  expect(attempts).toBe(2);
});

test("no error repeats what the source said", async () => {
  answering("AdminInitiateAuth", awsError("SomethingNewException", "user@example.com with a-password"));
  const error: Error = await source.signIn("user@example.com", "a-password").then(
    () => new Error("it answered"),
    (reason) => reason,
  );
  expect(JSON.stringify([error.message, error.stack, error.cause, { ...error }])).not.toMatch(
    /user@example\.com|a-password/,
  );
});

describe("who signed in", () => {
  const token = (payload: unknown) =>
    `h.${Buffer.from(typeof payload === "string" ? payload : JSON.stringify(payload)).toString("base64url")}.s`;

  test.each([
    ["no JSON", token("{")],
    ["no sub", token({ username: "user1" })],
    ["an empty sub", token({ sub: "" })],
    ["a sub that is no text", token({ sub: 1 })],
    ["nothing between the dots", "opaque"],
  ])("is not known from a token with %s, and that is no refusal", async (_, AccessToken) => {
    answering("AdminInitiateAuth", json(200, { AuthenticationResult: { AccessToken } }));
    await expect(source.signIn("a", "b")).rejects.toMatchObject({
      outcome: "source_unavailable",
      errorName: "UnreadableTokenError",
    });
  });

  test("is known from a challenge that names the user", async () => {
    const ChallengeParameters = { USER_ID_FOR_SRP: "user1" };
    answering("AdminInitiateAuth", json(200, { ChallengeName: "SMS_MFA", ChallengeParameters }));
    expect(await source.signIn("a", "b")).toEqual({ kind: "challenge", name: "SMS_MFA", username: "user1" });
  });

  test("a challenge counts, whatever tokens come with it", async () => {
    answering(
      "AdminInitiateAuth",
      json(200, { ChallengeName: "SMS_MFA", AuthenticationResult: { AccessToken: token({ sub: "s" }) } }),
    );
    expect(await source.signIn("a", "b")).toMatchObject({ kind: "challenge", name: "SMS_MFA" });
  });
});

test("the profile is asked for by the name that was typed, in the one pool", async () => {
  await source.getUser("user@example.com");
  expect(JSON.parse(aws.requests.at(-1)?.body ?? "")).toEqual({
    UserPoolId: "eu-west-1_Source001",
    Username: "user@example.com",
  });
});

test("a profile that says nothing is nobody's", async () => {
  answering(
    "AdminGetUser",
    json(200, { UserAttributes: [{ Name: "a", Value: 1 }, { Value: "b" }, { Name: "c", Value: "d" }] }),
  );
  expect(await source.getUser("a")).toEqual({
    username: "",
    enabled: false,
    status: "",
    attributes: { c: "d" },
    mfaSettings: [],
  });
  answering("AdminGetUser", json(200, {}));
  expect(await source.getUser("a")).toMatchObject({ attributes: {} });
});

describe("credentials of the role", () => {
  const xml = (fields: Record<string, string>): Response => ({
    status: 200,
    headers: { "content-type": "text/xml" },
    body: `<AssumeRoleResponse><AssumeRoleResult><Credentials>${Object.entries(fields)
      .map(([name, value]) => `<${name}>${value}</${name}>`)
      .join("")}</Credentials></AssumeRoleResult></AssumeRoleResponse>`,
  });
  const WHOLE = {
    AccessKeyId: "ASIAWHOLE",
    SecretAccessKey: "secret",
    SessionToken: "a-session-token",
    Expiration: new Date(Date.now() + 3600_000).toISOString(),
  };
  const without = (name: string) => xml(Object.fromEntries(Object.entries(WHOLE).filter(([field]) => field !== name)));

  test.each(["AccessKeyId", "SecretAccessKey", "Expiration"])("without %s are none", async (name) => {
    answering("AssumeRole", without(name));
    await expect(source.signIn("a", "b")).rejects.toMatchObject({
      outcome: "source_unavailable",
      errorName: "NoCredentialsError",
    });
    expect(aws.calls).toEqual(["AssumeRole"]);
  });

  test("sign with their session token, if there is one", async () => {
    answering("AssumeRole", xml(WHOLE));
    await source.signIn("a", "b");
    expect(aws.requests.at(-1)?.headers["x-amz-security-token"]).toBe("a-session-token");
    answering("AssumeRole", without("SessionToken"));
    await connect().signIn("a", "b");
    expect(aws.requests.at(-1)?.headers).not.toHaveProperty("x-amz-security-token");
  });

  test("that are refused are taken anew, and the old ones never again", async () => {
    await source.signIn("a", "b");
    answering("AssumeRole", stsError("AccessDenied"));
    answering("AdminInitiateAuth", awsError("ExpiredTokenException"));
    await expect(source.signIn("a", "b")).rejects.toMatchObject({ outcome: "access_denied" });
    expect(aws.calls).toEqual(["AssumeRole", "AdminInitiateAuth", "AdminInitiateAuth", "AssumeRole"]);
  });

  test("that STS cannot renew serve until they expire, and STS is left alone for a while", async () => {
    const lasting = new Date(Date.now() + 2000);
    answering("AssumeRole", assumedRole(lasting, "ASIALASTING"));
    const patient = connect(10_000);
    await patient.warmUp();
    answering("AssumeRole", stsError("AccessDenied"));
    aws.calls.length = 0;
    expect(await patient.signIn("a", "b")).toMatchObject({ kind: "tokens" });
    expect(aws.requests.at(-1)?.headers.authorization).toContain("Credential=ASIALASTING/");
    expect(await patient.getUser("a")).toBeDefined();
    expect(aws.calls).toEqual(["AssumeRole", "AdminInitiateAuth", "AdminGetUser"]);
  });

  test("that have expired do not serve", async () => {
    answering("AssumeRole", assumedRole(new Date(Date.now() - 1000)));
    await source.warmUp();
    answering("AssumeRole", stsError("AccessDenied"));
    await expect(source.signIn("a", "b")).rejects.toMatchObject({ outcome: "access_denied" });
  });

  test("that were asked for while the function loaded are asked for again, when that time is over", async () => {
    let turn = startTurn(300);
    const frozen = connectSourceUserPool(SETTINGS, new Agent(), () => turn);
    const { AssumeRole } = aws.answers;
    aws.answers["AssumeRole"] = () => new Promise(() => undefined);
    const warm = frozen.warmUp();
    while (aws.calls.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    turn = startTurn(4000);
    aws.answers["AssumeRole"] = AssumeRole as never;
    expect(await frozen.signIn("a", "b")).toMatchObject({ kind: "tokens" });
    await warm;
    expect(aws.calls).toEqual(["AssumeRole", "AssumeRole", "AdminInitiateAuth"]);
  });

  test("that do not come in the user's own time are a failure, and are not asked for for ever", async () => {
    aws.answers["AssumeRole"] = () => new Promise(() => undefined);
    await expect(connect(300).signIn("a", "b")).rejects.toMatchObject({ outcome: "deadline" });
    expect(aws.calls).toEqual(["AssumeRole"]);
  });

  test("a broken STS is asked again", async () => {
    let asked = 0;
    aws.answers["AssumeRole"] = () => {
      asked += 1;
      return asked === 1 ? stsError("InternalFailure", 500) : assumedRole();
    };
    await source.signIn("a", "b");
    expect(aws.calls).toEqual(["AssumeRole", "AssumeRole", "AdminInitiateAuth"]);
  });
});
