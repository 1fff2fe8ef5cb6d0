import type { SeedUserPool } from "../../../../sandbox/aws/user-pool/seed";
import { userPool } from "../../../support/user-pool";

const TRIGGER = "arn:aws:lambda:eu-west-1:111111111111:function:migrate";

const SETTINGS = {
  AutoVerifiedAttributes: ["email" as const, "phone_number" as const],
  DeletionProtection: "ACTIVE" as const,
  MfaConfiguration: "OPTIONAL" as const,
  UserPoolTier: "PLUS" as const,
  UserPoolTags: { owner: "identity" },
  AccountRecoverySetting: { RecoveryMechanisms: [{ Name: "verified_email" as const, Priority: 1 }] },
  AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
  Policies: { PasswordPolicy: { MinimumLength: 12, TemporaryPasswordValidityDays: 3 } },
} satisfies SeedUserPool["settings"];

const described = async ({ call }: ReturnType<typeof userPool>) => (await call("DescribeUserPool")).UserPool;

describe("UpdateUserPool", () => {
  test("resets every setting that is not given to its default", async () => {
    const subject = userPool({ settings: SETTINGS, lambdaConfig: { PreSignUp: TRIGGER } });
    await subject.call("UpdateUserPool", { LambdaConfig: { UserMigration: TRIGGER } });
    const pool = await described(subject);
    expect(pool).toMatchObject({
      LambdaConfig: { UserMigration: TRIGGER },
      DeletionProtection: "INACTIVE",
      MfaConfiguration: "OFF",
      UserPoolTier: "ESSENTIALS",
      UserPoolTags: {},
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: false },
      EmailConfiguration: { EmailSendingAccount: "COGNITO_DEFAULT" },
    });
    expect(pool.Policies.PasswordPolicy.MinimumLength).toBe(8);
    expect(pool.LambdaConfig).toEqual({ UserMigration: TRIGGER });
    for (const name of ["AutoVerifiedAttributes", "AccountRecoverySetting"]) expect(pool).not.toHaveProperty(name);
  });

  test("keeps what is sent back, without what only DescribeUserPool tells", async () => {
    const subject = userPool({ settings: SETTINGS, lambdaConfig: { PreSignUp: TRIGGER } });
    const before = await described(subject);
    const told = [
      "Id",
      "Arn",
      "Name",
      "CreationDate",
      "LastModifiedDate",
      "SchemaAttributes",
      "EstimatedNumberOfUsers",
    ];
    const fixed = ["UsernameConfiguration", "UsernameAttributes"];
    const kept = Object.entries(before).filter(([name]) => ![...told, ...fixed].includes(name));
    const { UnusedAccountValidityDays: _, ...AdminCreateUserConfig } = before.AdminCreateUserConfig;
    await subject.call("UpdateUserPool", { ...Object.fromEntries(kept), PoolName: before.Name, AdminCreateUserConfig });
    expect({ ...(await described(subject)), LastModifiedDate: 0 }).toEqual({ ...before, LastModifiedDate: 0 });
  });

  test.each([
    "Id",
    "Name",
    "SchemaAttributes",
    "UsernameAttributes",
    "UsernameConfiguration",
    "EstimatedNumberOfUsers",
  ])("refuses %s, which only DescribeUserPool knows, and changes nothing", async (name) => {
    const subject = userPool({ settings: SETTINGS });
    expect(await subject.refusal("UpdateUserPool", { [name]: "x" })).toContain(
      `InvalidParameterException: UpdateUserPool takes no ${name}`,
    );
    expect((await described(subject)).UserPoolTier).toBe("PLUS");
  });

  test("refuses what DescribeUserPool repeats of a temporary password's days", async () => {
    const subject = userPool({ settings: SETTINGS });
    const { AdminCreateUserConfig, Policies } = await described(subject);
    expect(AdminCreateUserConfig.UnusedAccountValidityDays).toBe(3);
    expect(await subject.refusal("UpdateUserPool", { AdminCreateUserConfig, Policies })).toBe(
      "InvalidParameterException: Please use TemporaryPasswordValidityDays in PasswordPolicy instead of UnusedAccountValidityDays",
    );
  });

  test("refuses a trigger that is no function's ARN, and token triggers that differ", async () => {
    const { refusal } = userPool();
    expect(await refusal("UpdateUserPool", { LambdaConfig: { UserMigration: "migrate" } })).toContain(
      "lambdaConfig.UserMigration",
    );
    expect(
      await refusal("UpdateUserPool", {
        LambdaConfig: { PreTokenGeneration: TRIGGER, PreTokenGenerationConfig: { LambdaArn: `${TRIGGER}2` } },
      }),
    ).toContain("must be the same");
  });

  test("takes the name of the pool, and keeps the old one without it", async () => {
    const subject = userPool();
    await subject.call("UpdateUserPool", {});
    expect((await described(subject)).Name).toBe("customers");
    await subject.call("UpdateUserPool", { PoolName: "people" });
    expect((await described(subject)).Name).toBe("people");
  });

  test("refuses MFA where users could have no second factor", async () => {
    const bare = userPool({ mfa: { SoftwareTokenMfaConfiguration: { Enabled: false } } });
    expect(await bare.refusal("UpdateUserPool", { MfaConfiguration: "OPTIONAL" })).toContain("SMS configuration");
    expect(await userPool().refusal("UpdateUserPool", { MfaConfiguration: "OPTIONAL" })).toBeUndefined();
  });

  test("waits for the end of an import job", async () => {
    const subject = userPool();
    subject.pool.imports.hold();
    const { JobId } = (
      await subject.call("CreateUserImportJob", {
        JobName: "first",
        CloudWatchLogsRoleArn: "arn:aws:iam::111111111111:role/import",
      })
    ).UserImportJob;
    subject.pool.imports.get(JobId).file = "x";
    const update = { AutoVerifiedAttributes: ["email"] };
    expect(await subject.refusal("UpdateUserPool", update)).toBeUndefined();
    await subject.call("StartUserImportJob", { JobId });
    expect(await subject.refusal("UpdateUserPool")).toContain("UserImportInProgressException");
    await subject.call("StopUserImportJob", { JobId });
    expect(await subject.refusal("UpdateUserPool", update)).toBeUndefined();
    subject.pool.imports.release();
  });
});

describe("DescribeUserPool", () => {
  test("lists the standard attributes with those of the pool's own", async () => {
    const { SchemaAttributes } = await described(userPool());
    const names = SchemaAttributes.map(({ Name }) => Name);
    expect(names).toEqual(expect.arrayContaining(["sub", "email", "email_verified", "updated_at", "custom:tier"]));
    const required = SchemaAttributes.filter(({ Required }) => Required);
    expect(required.map(({ Name }) => Name)).toEqual(["sub", "email"]);
  });

  test("says how users are named", async () => {
    const byAlias = userPool({ aliasAttributes: ["email"], caseSensitive: true });
    expect(await described(byAlias)).toMatchObject({
      AliasAttributes: ["email"],
      UsernameConfiguration: { CaseSensitive: true },
    });
    expect(await described(byAlias)).not.toHaveProperty("UsernameAttributes");
    expect(await described(userPool())).toMatchObject({
      UsernameAttributes: ["email"],
      UsernameConfiguration: { CaseSensitive: false },
    });
  });
});

test("authenticator apps stay on when UpdateUserPool turns MFA off and on", async () => {
  const { call } = userPool();
  await call("UpdateUserPool", { MfaConfiguration: "OFF" });
  expect(await call("GetUserPoolMfaConfig")).toEqual({
    MfaConfiguration: "OFF",
    SoftwareTokenMfaConfiguration: { Enabled: true },
  });
});
