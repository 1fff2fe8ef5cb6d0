import fc from "fast-check";
import type { JsonObject } from "../../../cli/aws/json";
import { APP_CLIENT_FIELDS, USER_POOL_FIELDS } from "../../../cli/pool-change/fields";
import { mergeUpdate } from "../../../cli/pool-change/merge";
import { anAppClient, aUserPool } from "../../support/described";

/** Where the request is allowed to differ from what was described; each has a test of its own below. */
const ADAPTED = ["AdminCreateUserConfig", "UserPoolTags", "AcrConfiguration"];
const KEPT = Object.keys(USER_POOL_FIELDS).filter(
  (name) => USER_POOL_FIELDS[name] === "resend" && !ADAPTED.includes(name),
);

const pool = (more: JsonObject = {}): JsonObject => ({ Id: "eu-central-1_Dest0001", Name: "customers", ...more });

describe("an update that changes nothing", () => {
  test("repeats every setting of any user pool", () => {
    fc.assert(
      fc.property(aUserPool, (described) => {
        const { request } = mergeUpdate("user-pool", described);
        for (const name of KEPT) expect([name, request[name]]).toEqual([name, described[name]]);
        for (const name of ADAPTED)
          expect([name, name in request || !(name in described) || name === "AcrConfiguration"]).toEqual([name, true]);
        expect([request["UserPoolId"], request["PoolName"]]).toEqual([described["Id"], described["Name"]]);
      }),
    );
  });

  test("sends nothing that UpdateUserPool does not take", () => {
    fc.assert(
      fc.property(aUserPool, (described) => {
        const { request } = mergeUpdate("user-pool", described);
        const foreign = Object.keys(request).filter(
          (name) => USER_POOL_FIELDS[name] !== "resend" && name !== "UserPoolId" && name !== "PoolName",
        );
        expect(foreign).toEqual([]);
      }),
    );
  });

  test("repeats every setting of any app client, and nothing else", () => {
    fc.assert(
      fc.property(anAppClient, ({ ClientSecret: _, ...described }) => {
        const kept = Object.entries(described).filter(([name]) => APP_CLIENT_FIELDS[name] === "resend");
        expect(mergeUpdate("app-client", described)).toEqual({ request: Object.fromEntries(kept), problems: [] });
      }),
    );
  });
});

describe("what is not in the tables is refused by name", () => {
  test.each([
    ["user-pool", "PostQuantumConfig", "UpdateUserPool"],
    ["app-client", "PasskeyPolicy", "UpdateUserPoolClient"],
    // A secret that was not taken out where it came in must not get out.
    ["app-client", "ClientSecret", "UpdateUserPoolClient"],
    ["user-pool", "constructor", "UpdateUserPool"],
  ] as const)("%s: %s", (kind, name, update) => {
    const { request, problems } = mergeUpdate(kind, { [name]: { Mode: "ON" } });
    expect(problems).toEqual([expect.stringMatching(`^This version does not know ${name}. ${update} would reset it`)]);
    expect(request).toEqual({});
  });
});

describe("what describe returns and update refuses", () => {
  const days = { UnusedAccountValidityDays: 7, AllowAdminCreateUserOnly: true };

  test("the old name of the validity of temporary passwords goes when the new one is there", () => {
    const Policies = { PasswordPolicy: { TemporaryPasswordValidityDays: 7 } };
    const { request } = mergeUpdate("user-pool", pool({ AdminCreateUserConfig: days, Policies }));
    expect(request["AdminCreateUserConfig"]).toEqual({ AllowAdminCreateUserOnly: true });
    expect(request["Policies"]).toEqual(Policies);
  });

  test("and stays when it is the only one", () => {
    expect(mergeUpdate("user-pool", pool({ AdminCreateUserConfig: days })).request["AdminCreateUserConfig"]).toEqual(
      days,
    );
  });

  test("tags of AWS go, all others stay", () => {
    const tags = { "aws:cloudformation:stack-name": "pools", team: "identity", awsome: "yes" };
    expect(mergeUpdate("user-pool", pool({ UserPoolTags: tags })).request["UserPoolTags"]).toEqual({
      team: "identity",
      awsome: "yes",
    });
  });

  test.each([
    ["names of levels that nobody has set go", "urn:cognito:loa:2", false],
    ["names of levels that somebody has set stay, with all others", "urn:example:gold", true],
  ])("%s", (_, second, stays) => {
    const AcrConfiguration = { LOA1: { AcrValue: "urn:cognito:loa:1" }, LOA2: { AcrValue: second } };
    const { request } = mergeUpdate("user-pool", pool({ AcrConfiguration }));
    expect(request["AcrConfiguration"]).toEqual(stays ? AcrConfiguration : undefined);
  });

  test("null is not there, however deep", () => {
    const described = pool({
      SmsConfiguration: null,
      AdminCreateUserConfig: { InviteMessageTemplate: null, AllowAdminCreateUserOnly: true },
      AccountRecoverySetting: { RecoveryMechanisms: [{ Name: "verified_email", Priority: null }] },
    });
    expect(mergeUpdate("user-pool", described)).toEqual({
      request: {
        UserPoolId: "eu-central-1_Dest0001",
        PoolName: "customers",
        AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
        AccountRecoverySetting: { RecoveryMechanisms: [{ Name: "verified_email" }] },
      },
      problems: [],
    });
  });

  test("registration of clients is left out: Cognito keeps it then", () => {
    expect(mergeUpdate("user-pool", pool({ DcrConfiguration: { EnableStatus: "Enabled" } }))).toEqual({
      request: { UserPoolId: "eu-central-1_Dest0001", PoolName: "customers" },
      problems: [],
    });
  });
});

test("two functions before a token is made are a contradiction", () => {
  const LambdaConfig = {
    PreTokenGeneration: "arn:a",
    PreTokenGenerationConfig: { LambdaArn: "arn:b", LambdaVersion: "V2_0" },
  };
  expect(mergeUpdate("user-pool", pool({ LambdaConfig })).problems).toEqual([
    expect.stringContaining(
      "LambdaConfig.PreTokenGeneration is arn:a, and PreTokenGenerationConfig.LambdaArn is arn:b",
    ),
  ]);
  const same = { ...LambdaConfig, PreTokenGeneration: "arn:b" };
  expect(mergeUpdate("user-pool", pool({ LambdaConfig: same }))).toMatchObject({
    request: { LambdaConfig: same },
    problems: [],
  });
});
