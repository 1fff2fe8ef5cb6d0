import type { UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import * as v from "valibot";
import { foundIn } from "../../../cli/program/json-text";
import { parseUserPoolArn, parseUserPoolId } from "../../../config/user-pool";
import { STANDARD_ATTRIBUTES } from "../../../rules/attribute-names";
import { ALIAS_ATTRIBUTES, USERNAME_ATTRIBUTES } from "../../../rules/names";
import { DATA_TYPES } from "../../../rules/schema";

/** A pool as AWS describes it, as far as this program looks at it. Members that it does not know are there, too. */
export type DescribedPool = UserPoolType & { readonly Id: string; readonly Arn: string };

const wholeNumber = v.pipe(v.string(), v.regex(/^-?\d+$/, "a whole number in quotes"));
const flag = v.optional(v.boolean());
const attribute = v.looseObject({
  Name: v.pipe(v.string(), v.check(canBeAttribute, "a standard attribute, or a name that begins with custom:")),
  AttributeDataType: v.optional(v.picklist(DATA_TYPES)),
  DeveloperOnlyAttribute: flag,
  Mutable: flag,
  Required: flag,
  StringAttributeConstraints: v.optional(
    v.object({ MinLength: v.optional(wholeNumber), MaxLength: v.optional(wholeNumber) }),
  ),
  NumberAttributeConstraints: v.optional(
    v.object({ MinValue: v.optional(wholeNumber), MaxValue: v.optional(wholeNumber) }),
  ),
});

/** Cognito writes the prefix of all but the standard ones; `identities` is its own. */
function canBeAttribute(name: string): boolean {
  return name.includes(":") || name === "identities" || STANDARD_ATTRIBUTES.some((one) => one === name);
}

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UserPoolType.html */
const POOL = v.pipe(
  v.looseObject({
    Id: v.pipe(
      v.string(),
      v.check((id) => parseUserPoolId(id) !== undefined, "a user pool id such as eu-west-1_AbCdEfGhI"),
    ),
    Arn: v.pipe(
      v.string(),
      v.check((arn) => parseUserPoolArn(arn) !== undefined, "the ARN of a user pool, with the Region that its id has"),
    ),
    Name: v.optional(v.string()),
    UsernameAttributes: v.optional(v.array(v.picklist(USERNAME_ATTRIBUTES))),
    AliasAttributes: v.optional(v.array(v.picklist(ALIAS_ATTRIBUTES))),
    AutoVerifiedAttributes: v.optional(v.array(v.picklist(USERNAME_ATTRIBUTES))),
    UsernameConfiguration: v.optional(v.looseObject({ CaseSensitive: flag })),
    MfaConfiguration: v.optional(v.picklist(["OFF", "ON", "OPTIONAL"])),
    SchemaAttributes: v.optional(v.array(attribute)),
    LambdaConfig: v.optional(v.record(v.string(), v.unknown())),
    UserPoolTags: v.optional(v.record(v.string(), v.string())),
    EstimatedNumberOfUsers: v.optional(v.number()),
    AdminCreateUserConfig: v.optional(v.looseObject({ AllowAdminCreateUserOnly: flag })),
    UserPoolAddOns: v.optional(v.looseObject({ AdvancedSecurityMode: v.optional(v.string()) })),
    SmsConfiguration: v.optional(v.looseObject({})),
    EmailConfiguration: v.optional(v.looseObject({})),
    DeviceConfiguration: v.optional(v.looseObject({})),
    UserAttributeUpdateSettings: v.optional(
      v.looseObject({ AttributesRequireVerificationBeforeUpdate: v.optional(v.array(v.string())) }),
    ),
    AccountRecoverySetting: v.optional(
      v.looseObject({
        RecoveryMechanisms: v.optional(v.array(v.looseObject({ Name: v.string(), Priority: v.number() }))),
      }),
    ),
    Policies: v.optional(
      v.looseObject({
        PasswordPolicy: v.optional(
          v.looseObject({
            MinimumLength: v.optional(v.pipe(v.number(), v.integer(), v.minValue(6), v.maxValue(99))),
            RequireUppercase: flag,
            RequireLowercase: flag,
            RequireNumbers: flag,
            RequireSymbols: flag,
          }),
        ),
        SignInPolicy: v.optional(v.looseObject({ AllowedFirstAuthFactors: v.optional(v.array(v.string())) })),
      }),
    ),
  }),
  v.check(({ Id, Arn }) => Arn.endsWith(`/${Id}`), "Id and Arn of one user pool"),
  v.check(
    ({ UsernameAttributes = [], AliasAttributes = [] }) =>
      UsernameAttributes.length === 0 || AliasAttributes.length === 0,
    "UsernameAttributes or AliasAttributes: no user pool has both",
  ),
);

export const EXPECTED = "what `aws cognito-idp describe-user-pool --output json` prints";

/** Reads what AWS CLI prints, or the member `UserPool` of it. */
export function parseDescribedPool(
  bytes: Uint8Array,
): { readonly pool: DescribedPool } | { readonly problems: readonly string[] } {
  const text = textOf(bytes);
  const json = jsonOf(text);
  if (json === undefined) return { problems: [`found ${foundIn(text)}, expected ${EXPECTED}`] };
  const whole = v.safeParse(v.object({ UserPool: v.unknown() }), json);
  const { success, output, issues } = v.safeParse(POOL, whole.success ? whole.output.UserPool : json);
  if (success) return { pool: output as unknown as DescribedPool };
  return { problems: issues.map(problemOf) };
}

/** PowerShell's `>` writes UTF-16. https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_character_encoding */
function textOf(bytes: Uint8Array): string {
  return new TextDecoder(bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : "utf-8").decode(bytes);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function problemOf({ input, kind, type, message, ...issue }: v.BaseIssue<unknown>): string {
  const path = v.getDotPath(issue as v.BaseIssue<unknown>);
  if (path === null) return `found another form, expected ${kind === "validation" ? message : EXPECTED}`;
  if (input === undefined) return `${path}: found nothing, expected a value`;
  const isOurs = type === "check" || type === "regex";
  return `${path}: found ${short(JSON.stringify(input))}, expected ${isOurs ? message : issue.expected}`;
}

const short = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}...` : text);
