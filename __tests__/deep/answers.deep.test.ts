import type { SchemaAttributeType, UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import * as v from "valibot";
import type { Environment } from "../../config/settings";
import { type AttributeDefinition, schemaText } from "../../rules/schema";
import type { Request, Response } from "../../sandbox/aws/http";
import { changesOf, describeDeep, STACKS } from "../support/deep";
import { ROOT } from "../support/program";
import { Lab, type Migration } from "./lab/lab";
import type { Project } from "./lab/project";
import { forward } from "./lab/shim";

const SOURCE = { account: "111111111111", region: "eu-west-1" };
const DESTINATION = { account: "222222222222", region: "eu-west-1" };

/** A schema as an answer of AWS tells it, and everything else that a pool may tell. */
type Answer = UserPoolType & { readonly SchemaAttributes: SchemaAttributeType[] };

/** All that is there in every published answer of AWS, and MfaConfiguration is not here either. */
const cut = ({ Id, Name, Arn, CreationDate, LastModifiedDate, SchemaAttributes }: Answer): object => ({
  Id,
  Name,
  Arn,
  CreationDate,
  LastModifiedDate,
  SchemaAttributes: SchemaAttributes.map(({ Name, AttributeDataType }) => ({ Name, AttributeDataType })),
});

const LAMBDA = "arn:aws:lambda:eu-west-1:222222222222:function:other";
const KEY = "arn:aws:kms:eu-west-1:222222222222:key/11111111-2222-3333-4444-555555555555";
const TRIGGERS = [
  ...["PreSignUp", "CustomMessage", "PostConfirmation", "PreAuthentication", "PostAuthentication", "UserMigration"],
  ...["DefineAuthChallenge", "CreateAuthChallenge", "VerifyAuthChallengeResponse", "PreTokenGeneration"],
];

const custom = (Name: string, AttributeDataType: "String" | "Number" | "DateTime" | "Boolean", more: object = {}) => ({
  Name,
  AttributeDataType,
  DeveloperOnlyAttribute: false,
  Mutable: false,
  Required: false,
  ...more,
});

const REQUIRED = ["birthdate", "email", "given_name", "phone_number", "website"];

/** Of every type, with every way in which a limit can be there or missing. */
const schema = (attributes: readonly SchemaAttributeType[]): SchemaAttributeType[] => [
  ...attributes.map((one) => ({ ...one, Required: [...REQUIRED, "sub"].includes(one.Name ?? "") })),
  custom("custom:text", "String", { StringAttributeConstraints: { MinLength: "3", MaxLength: "36" } }),
  custom("custom:long", "String", { StringAttributeConstraints: {} }),
  custom("custom:short", "String", { StringAttributeConstraints: { MaxLength: "1" } }),
  custom("custom:count", "Number", { NumberAttributeConstraints: { MinValue: "-7", MaxValue: "131072" } }),
  custom("custom:any", "Number", { NumberAttributeConstraints: {} }),
  custom("custom:odd", "Number", { NumberAttributeConstraints: { MinValue: "", MaxValue: "many" } }),
  custom("custom:when", "DateTime"),
  custom("custom:agreed", "Boolean"),
  custom("dev:custom:text", "String", { DeveloperOnlyAttribute: true }),
];

/** Every member of UserPoolType, with a value that a real pool could have. */
const full = (answer: Answer): object => ({
  ...answer,
  SchemaAttributes: schema(answer.SchemaAttributes),
  Policies: {
    PasswordPolicy: {
      MinimumLength: 99,
      RequireUppercase: true,
      RequireLowercase: true,
      RequireNumbers: true,
      RequireSymbols: true,
      PasswordHistorySize: 24,
      TemporaryPasswordValidityDays: 365,
    },
    SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "EMAIL_OTP", "SMS_OTP", "WEB_AUTHN"] },
  },
  DeletionProtection: "ACTIVE",
  LambdaConfig: {
    ...Object.fromEntries(TRIGGERS.map((trigger) => [trigger, LAMBDA])),
    PreTokenGenerationConfig: { LambdaVersion: "V2_0", LambdaArn: LAMBDA },
    CustomSMSSender: { LambdaVersion: "V1_0", LambdaArn: LAMBDA },
    CustomEmailSender: { LambdaVersion: "V1_0", LambdaArn: LAMBDA },
    KMSKeyID: KEY,
  },
  Status: "Enabled",
  AutoVerifiedAttributes: ["email", "phone_number"],
  UsernameAttributes: ["phone_number", "email"],
  SmsVerificationMessage: "{####}",
  EmailVerificationMessage: "${not.a.reference} {####}",
  EmailVerificationSubject: "%{if} code",
  VerificationMessageTemplate: { SmsMessage: "{####}", DefaultEmailOption: "CONFIRM_WITH_LINK" },
  SmsAuthenticationMessage: "{####}",
  UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ["email", "phone_number"] },
  MfaConfiguration: "OPTIONAL",
  DeviceConfiguration: { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: true },
  EstimatedNumberOfUsers: 2 ** 31 - 1,
  EmailConfiguration: {
    SourceArn: "arn:aws:ses:eu-west-1:222222222222:identity/example.com",
    ReplyToEmailAddress: "reply@example.com",
    EmailSendingAccount: "DEVELOPER",
    From: "Example <no-reply@example.com>",
    ConfigurationSet: "example",
  },
  SmsConfiguration: {
    SnsCallerArn: "arn:aws:iam::222222222222:role/sms",
    ExternalId: "example",
    SnsRegion: "eu-west-1",
  },
  UserPoolTags: { team: "identity", "${a}": "%{b}" },
  SmsConfigurationFailure: "none",
  EmailConfigurationFailure: "none",
  Domain: "example",
  CustomDomain: "login.example.com",
  AdminCreateUserConfig: {
    AllowAdminCreateUserOnly: true,
    UnusedAccountValidityDays: 90,
    InviteMessageTemplate: {
      SMSMessage: "{username} {####}",
      EmailMessage: "{username} {####}",
      EmailSubject: "hello",
    },
  },
  UserPoolAddOns: {
    AdvancedSecurityMode: "ENFORCED",
    AdvancedSecurityAdditionalFlows: { CustomAuthMode: "ENFORCED" },
  },
  UsernameConfiguration: { CaseSensitive: false },
  AccountRecoverySetting: { RecoveryMechanisms: [{ Priority: 1, Name: "verified_email" }] },
  UserPoolTier: "PLUS",
});

/** As AWS lists it, independent of how the stack reads it. */
function definitionsOf(attributes: readonly SchemaAttributeType[]): [string, AttributeDefinition][] {
  const number = (text: string | undefined): number | undefined =>
    Number.isInteger(Number.parseInt(text ?? "", 10)) ? Number(text) : undefined;
  return attributes
    .filter(({ DeveloperOnlyAttribute }) => DeveloperOnlyAttribute !== true)
    .map((attribute) => {
      const { Name = "", AttributeDataType: type = "String", Required: required = false } = attribute;
      const { StringAttributeConstraints: text, NumberAttributeConstraints: value } = attribute;
      const limits = type === "Number" ? [value?.MinValue, value?.MaxValue] : [text?.MinLength, text?.MaxLength];
      const [min, max] = limits.map(number);
      return [Name, { type, min, max, required: required && Name !== "sub" }];
    });
}

describeDeep("what AWS says of a pool", (tools) => {
  let lab: Lab;
  let migration: Migration;
  let project: Project;
  beforeAll(async () => {
    lab = await Lab.open(ROOT, tools);
    migration = await lab.prepare("answers", SOURCE, DESTINATION);
    project = lab.project();
    await project.synth(migration.settings);
  });
  afterAll(() => lab.close());

  /** Deploys both stacks while AWS answers so. @returns what the function was given, and what the destination's pool was said to be. */
  async function deployed(edit: (answer: Answer) => object): Promise<{ environment: Environment; told: Answer }> {
    let told: Answer | undefined;
    lab.shim.intercept = async (request: Request): Promise<Response | undefined> => {
      if (!String(request.headers["x-amz-target"]).endsWith(".DescribeUserPool")) return undefined;
      const response = await forward(lab.moto.url, request);
      const { UserPool } = JSON.parse(response.body) as { UserPool: Answer };
      const edited = edit(UserPool) as Answer;
      if (edited.Id === migration.destination.id) told = edited;
      return { ...response, body: JSON.stringify({ UserPool: edited }) };
    };
    for (const stack of STACKS) await lab.apply(project, migration, stack);
    const { environment } = await lab.live.function(DESTINATION, "cognito_migration_answers", "");
    if (told === undefined) throw new Error("nobody asked for the destination's pool");
    return { environment, told };
  }

  test.each<[string, (answer: Answer) => object, Environment, readonly string[]]>([
    [
      "as little as possible",
      cut,
      { SOURCE_MFA_CONFIGURATION: "ON", SOURCE_USERNAME_ATTRIBUTES: "none", DESTINATION_USERNAME_ATTRIBUTES: "none" },
      [],
    ],
    [
      "all that there is",
      full,
      {
        SOURCE_MFA_CONFIGURATION: "OPTIONAL",
        SOURCE_USERNAME_ATTRIBUTES: "email,phone_number",
        DESTINATION_USERNAME_ATTRIBUTES: "email,phone_number",
      },
      REQUIRED,
    ],
  ])("%s: both stacks deploy, and the function is told what is there", async (_, edit, expected, required) => {
    const { environment, told } = await deployed(edit);
    for (const stack of STACKS)
      expect([stack, await changesOf(project, stack, await lab.credentials(migration, stack))]).toEqual([stack, {}]);
    expect(environment).toMatchObject(expected);
    const parsed = v.parse(schemaText, environment["DESTINATION_SCHEMA"]);
    expect(parsed).toEqual(new Map(definitionsOf(told.SchemaAttributes)));
    expect(parsed.size).toBeGreaterThan(17);
    const client = await lab.live.appClient(SOURCE, migration.source, environment["SOURCE_APP_CLIENT_ID"] ?? "");
    expect([...(client.settings?.WriteAttributes ?? [])].sort()).toEqual([...required, "locale"].sort());
  });
});
