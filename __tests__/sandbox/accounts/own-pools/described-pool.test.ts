import { parseDescribedPool, poolOf } from "../../../../sandbox/accounts/own-pools/described-pool";
import { notDescribed, notImitated } from "../../../../sandbox/accounts/own-pools/differences";
import { schemaOf } from "../../../../sandbox/aws/user-pool/seed";
import { settingsFrom } from "../../../../sandbox/aws/user-pool/settings";
import { describedPool, required, SMS, text } from "../../../support/described-pools";

const ID = { id: "eu-west-1_AAAAAAAAA" };
const bytes = (document: unknown): Uint8Array => Buffer.from(JSON.stringify(document));
const parsed = (over: Parameters<typeof describedPool>[1] = {}) => {
  const read = parseDescribedPool(bytes(describedPool(ID, over)));
  if ("problems" in read) throw new Error(read.problems.join("\n"));
  return read.pool;
};
const problems = (document: unknown): readonly string[] => {
  const read = parseDescribedPool(bytes(document));
  return "problems" in read ? read.problems : [];
};

describe("a file", () => {
  const { UserPool } = describedPool(ID) as { UserPool: Record<string, unknown> };

  test.each<[string, Uint8Array]>([
    ["as it is printed", bytes({ UserPool })],
    ["of the member UserPool alone", bytes(UserPool)],
    ["as PowerShell writes it", Buffer.from(`\uFEFF${JSON.stringify({ UserPool })}`, "utf16le")],
    ["with a byte order mark", Buffer.from(`\uFEFF${JSON.stringify({ UserPool })}`)],
    ["with members that nobody knows", bytes({ UserPool: { ...UserPool, New: { Thing: 1 } } })],
  ])("%s is read", (_, file) => {
    expect(parseDescribedPool(file)).toMatchObject({ pool: { Id: ID.id, Name: "customers" } });
  });

  test.each<[string, object, readonly string[]]>([
    ["nothing of a pool", {}, ["Id: found nothing", "Arn: found nothing"]],
    ["another pool's ARN", { ...UserPool, Id: "eu-west-1_CCCCCCCCC" }, ["Id and Arn of one user pool"]],
    [
      "a Region that the id does not have",
      { ...UserPool, Arn: "arn:aws:cognito-idp:eu-west-2:333333333333:userpool/eu-west-1_AAAAAAAAA" },
      ["Arn: found"],
    ],
    [
      "username attributes and aliases",
      { ...UserPool, UsernameAttributes: ["email"], AliasAttributes: ["email"] },
      ["no user pool has both"],
    ],
    [
      "a schema as CreateUserPool takes it",
      { ...UserPool, SchemaAttributes: [{ Name: "tier" }] },
      ['SchemaAttributes.0.Name: found "tier", expected a standard attribute'],
    ],
    [
      "limits that are none",
      { ...UserPool, SchemaAttributes: [text("custom:a", 1, { StringAttributeConstraints: { MaxLength: "many" } })] },
      ['MaxLength: found "many"'],
    ],
    ...(["MinLength", "MaxLength"] as const).flatMap((name) =>
      ["-1", "9".repeat(400), ...(name === "MinLength" ? ["2049", "999999999999"] : [])].map(
        (value): [string, object, readonly string[]] => [
          `${name} ${value.slice(0, 12)}`,
          { ...UserPool, SchemaAttributes: [text("custom:a", 1, { StringAttributeConstraints: { [name]: value } })] },
          [`StringAttributeConstraints.${name}: found "${value.slice(0, 3)}`],
        ],
      ),
    ),
    [
      "a number that Cognito has not",
      {
        ...UserPool,
        SchemaAttributes: [
          { Name: "custom:n", AttributeDataType: "Number", NumberAttributeConstraints: { MaxValue: "1".repeat(500) } },
        ],
      },
      ["NumberAttributeConstraints.MaxValue: found"],
    ],
    [
      "long and large values of the wrong kind",
      {
        ...UserPool,
        MfaConfiguration: "x".repeat(1e6),
        LambdaConfig: Array(1e5).fill("x"),
        Name: { a: "x".repeat(1e6) },
      },
      ['MfaConfiguration: found "xxx', "Name: found an object"],
    ],
    [
      "a password policy that there cannot be",
      { ...UserPool, Policies: { PasswordPolicy: { MinimumLength: 5, RequireNumbers: "yes" } } },
      ["MinimumLength: found 5", 'RequireNumbers: found "yes"'],
    ],
    [
      "words of no pool",
      {
        ...UserPool,
        MfaConfiguration: "MAYBE",
        UsernameAttributes: ["name"],
        AccountRecoverySetting: { RecoveryMechanisms: [{}] },
      },
      ["UsernameAttributes.0", "MfaConfiguration", "RecoveryMechanisms.0.Name", "RecoveryMechanisms.0.Priority"],
    ],
    ["a list", [UserPool], ["Id: found nothing", "Arn: found nothing"]],
  ])("with %s is refused, with every problem", (_, document, said) => {
    const found = problems({ UserPool: document });
    expect(found).toHaveLength(said.length);
    for (const one of said) expect(found.join("\n")).toContain(one);
  });

  test.each(["", " \n", "\uFEFF"])("that is empty (%j) is refused with what may have happened", (content) => {
    expect(parseDescribedPool(Buffer.from(content))).toEqual({
      problems: [expect.stringMatching(/^found an empty file \(did the `aws` command fail\?\), expected what `aws /)],
    });
  });

  test.each(["Id: x", "<html></html>", "null", "3", '"text"'])("that says %j is refused", (content) => {
    expect(parseDescribedPool(Buffer.from(content))).toEqual({
      problems: [expect.stringMatching(/^found .+, expected /)],
    });
  });
});

test.each([
  ["the document", (deep: string) => deep],
  ["a member that is looked at", (deep: string) => `{"UserPool":{"Id":"x","MfaConfiguration":${deep}}}`],
  ["a member that is not", (deep: string) => `{"UserPool":{"Id":"x","New":${deep}}}`],
  ["a trigger", (deep: string) => `{"UserPool":{"Id":"x","LambdaConfig":{"New":${deep}}}}`],
])("what is nested too deep is refused, whatever is inside: %s", (_, around) => {
  const document = around("[".repeat(100_000) + "]".repeat(100_000));
  expect(parseDescribedPool(Buffer.from(document))).toEqual({
    problems: [expect.stringMatching(/^found more than 50 levels of JSON, expected what `aws /)],
  });
});

test("the pool here tells of itself what the description says", () => {
  const over = {
    AliasAttributes: ["email" as const],
    UsernameConfiguration: { CaseSensitive: true },
    MfaConfiguration: "OPTIONAL" as const,
    SmsConfiguration: SMS,
    UserPoolTags: { team: "identity" },
    SchemaAttributes: [required("given_name", 7), text("custom:tier", 5)],
  };
  const described = parsed(over);
  const pool = poolOf(described);
  const { Id, Arn, Name, SchemaAttributes = [], ...rest } = described;
  expect(pool).toMatchObject({
    id: Id,
    arn: Arn,
    name: Name,
    aliasAttributes: ["email"],
    usernameAttributes: [],
    caseSensitive: true,
  });
  for (const attribute of SchemaAttributes) expect(schemaOf(pool)).toContainEqual(attribute);
  const settings: Record<string, unknown> = settingsFrom({ ...pool.settings, LambdaConfig: pool.lambdaConfig });
  for (const name of Object.keys(settings))
    expect([name, settings[name]]).toEqual([name, (rest as Record<string, unknown>)[name] ?? settings[name]]);
  for (const name of [
    "Policies",
    "MfaConfiguration",
    "SmsConfiguration",
    "AutoVerifiedAttributes",
    "AccountRecoverySetting",
    "UserPoolTags",
  ])
    expect([name, settings[name]]).toEqual([name, (rest as Record<string, unknown>)[name]]);
});

test("what is silent is as CreateUserPool makes it", () => {
  const { Id, Arn } = parsed();
  const pool = poolOf({ Id, Arn });
  expect(pool).toMatchObject({ name: Id, usernameAttributes: [], aliasAttributes: [], caseSensitive: true });
  expect(settingsFrom(pool.settings ?? {})).toMatchObject({ MfaConfiguration: "OFF" });
  expect(settingsFrom(pool.settings ?? {})).not.toHaveProperty("AutoVerifiedAttributes");
});

describe("what is not imitated is named", () => {
  test.each<[string, Parameters<typeof describedPool>[1] & Record<string, unknown>, string]>([
    [
      "a trigger",
      { LambdaConfig: { PreSignUp: "arn", UserMigration: "arn" } },
      "LambdaConfig: PreSignUp does not run; UserMigration finds",
    ],
    [
      "two triggers",
      { LambdaConfig: { PreSignUp: "arn", PostConfirmation: "arn" } },
      "PreSignUp, PostConfirmation do not",
    ],
    [
      "threat protection",
      { UserPoolAddOns: { AdvancedSecurityMode: "ENFORCED" } },
      "UserPoolAddOns: no threat protection",
    ],
    ["devices", { DeviceConfiguration: { ChallengeRequiredOnNewDevice: true } }, "DeviceConfiguration: no device"],
    ["a domain", { Domain: "x" }, "Domain: no managed login"],
    ["a domain of its own", { CustomDomain: "x" }, "CustomDomain: no managed login"],
    [
      "passkeys",
      { Policies: { SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "WEB_AUTHN"] } } },
      "Policies: no sign-in by WEB_AUTHN",
    ],
    ["old passwords", { Policies: { PasswordPolicy: { PasswordHistorySize: 3 } } }, "old passwords are not remembered"],
    ["second factors", { MfaConfiguration: "ON" }, "MfaConfiguration: describe-user-pool does not tell"],
    ["text messages", { SmsConfiguration: SMS }, "SmsConfiguration: no text message is sent"],
    ["SES", { EmailConfiguration: { EmailSendingAccount: "DEVELOPER" } }, "EmailConfiguration: no e-mail is sent"],
    ["users", { EstimatedNumberOfUsers: 7 }, "EstimatedNumberOfUsers: 7 users are not here"],
    [
      "addresses that wait",
      { UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ["email"] } },
      "UserAttributeUpdateSettings:",
    ],
    [
      "links",
      { VerificationMessageTemplate: { DefaultEmailOption: "CONFIRM_WITH_LINK" } },
      "codes in the place of links",
    ],
    ["whatever comes later", { NewThing: {} }, "NewThing: the sandbox does not know"],
  ])("%s", (_, over, said) => {
    const before = notImitated("source", parsed());
    const added = notImitated("source", parsed(over)).filter((one) => !before.includes(one));
    expect(added).toEqual([expect.stringContaining(said)]);
  });

  test("a pool as the console makes it has nearly nothing of that", () => {
    expect(notImitated("source", parsed())).toEqual(["Policies: temporary passwords do not expire"]);
  });

  test("a migration trigger that is there already", () => {
    const pool = parsed({ LambdaConfig: { UserMigration: "arn" } });
    expect(notImitated("source", pool)).toContain("LambdaConfig: UserMigration finds nobody here");
    expect(notImitated("destination", pool)).toContain("LambdaConfig: UserMigration gives way to this migration's");
    expect(notImitated("destination", parsed()).join()).not.toContain("UserMigration");
    expect([...notDescribed("source", true), ...notDescribed("destination", true)].join()).not.toContain("Migration");
  });
});
