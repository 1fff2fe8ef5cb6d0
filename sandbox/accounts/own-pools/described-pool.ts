import type { UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import * as v from "valibot";
import { isCaseSensitive } from "../../../cli/pools/pool-rules";
import { foundIn } from "../../../config/json-text";
import { parseUserPoolArn, parseUserPoolId } from "../../../config/user-pool";
import { STANDARD_ATTRIBUTES } from "../../../rules/attribute-names";
import { ALIAS_ATTRIBUTES, USERNAME_ATTRIBUTES } from "../../../rules/names";
import { DATA_TYPES } from "../../../rules/schema";
import { jsonOf } from "../../aws/json-of";
import type { SchemaAttribute } from "../../aws/user-pool/schema";
import type { EmptyPool } from "../../aws/user-pool/seed";
import { POOL_SETTINGS } from "../../aws/user-pool/settings";
import { LONGEST_VALUE } from "./sample-values";

/** A pool as AWS describes it, as far as this program looks at it. Members that it does not know are there, too. */
export type DescribedPool = UserPoolType & { readonly Id: string; readonly Arn: string };

const LARGEST = 2 ** 1023;
/**
 * A whole number as the API writes it, in quotes.
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_NumberAttributeConstraintsType.html
 */
const wholeNumber = (min: number, max: number, expected: string) =>
  v.pipe(
    v.string(),
    v.check((text) => /^-?\d+$/.test(text) && Number(text) >= min && Number(text) <= max, expected),
  );
const limit = wholeNumber(-LARGEST, LARGEST, "a whole number in quotes, up to 2^1023");
const minLength = wholeNumber(0, LONGEST_VALUE, `a length in quotes, up to ${LONGEST_VALUE}: no value is longer`);
const maxLength = wholeNumber(0, LARGEST, "a length in quotes, up to 2^1023");
/** An object of which no member need be there, and others may. */
const some = <T extends v.ObjectEntries>(entries: T) => v.partial(v.looseObject(entries));
const settings = some({});
const attribute = v.looseObject({
  Name: v.pipe(v.string(), v.check(canBeAttribute, "a standard attribute, or a name that begins with custom:")),
  ...some({
    AttributeDataType: v.picklist(DATA_TYPES),
    DeveloperOnlyAttribute: v.boolean(),
    Mutable: v.boolean(),
    Required: v.boolean(),
    StringAttributeConstraints: v.partial(v.object({ MinLength: minLength, MaxLength: maxLength })),
    NumberAttributeConstraints: v.partial(v.object({ MinValue: limit, MaxValue: limit })),
  }).entries,
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
    ...some({
      Name: v.string(),
      UsernameAttributes: v.array(v.picklist(USERNAME_ATTRIBUTES)),
      AliasAttributes: v.array(v.picklist(ALIAS_ATTRIBUTES)),
      AutoVerifiedAttributes: v.array(v.picklist(USERNAME_ATTRIBUTES)),
      UsernameConfiguration: some({ CaseSensitive: v.boolean() }),
      MfaConfiguration: v.picklist(["OFF", "ON", "OPTIONAL"]),
      SchemaAttributes: v.array(attribute),
      LambdaConfig: v.record(v.string(), v.unknown()),
      UserPoolTags: v.record(v.string(), v.string()),
      EstimatedNumberOfUsers: v.number(),
      AdminCreateUserConfig: some({ AllowAdminCreateUserOnly: v.boolean() }),
      UserPoolAddOns: some({ AdvancedSecurityMode: v.string() }),
      SmsConfiguration: settings,
      EmailConfiguration: settings,
      DeviceConfiguration: settings,
      UserAttributeUpdateSettings: some({ AttributesRequireVerificationBeforeUpdate: v.array(v.string()) }),
      AccountRecoverySetting: some({
        RecoveryMechanisms: v.array(v.looseObject({ Name: v.string(), Priority: v.number() })),
      }),
      Policies: some({
        PasswordPolicy: some({
          MinimumLength: v.pipe(v.number(), v.integer(), v.minValue(6), v.maxValue(99)),
          RequireUppercase: v.boolean(),
          RequireLowercase: v.boolean(),
          RequireNumbers: v.boolean(),
          RequireSymbols: v.boolean(),
        }),
        SignInPolicy: some({ AllowedFirstAuthFactors: v.array(v.string()) }),
      }),
    }).entries,
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
  if (text.trim() === "")
    return { problems: [`found an empty file (did the \`aws\` command fail?), expected ${EXPECTED}`] };
  const json = jsonOf(text);
  if (json === undefined) return { problems: [`found ${foundIn(text)}, expected ${EXPECTED}`] };
  if (isDeeperThan(MAX_DEPTH, json))
    return { problems: [`found more than ${MAX_DEPTH} levels of JSON, expected ${EXPECTED}`] };
  const whole = v.safeParse(v.object({ UserPool: v.unknown() }), json);
  const { success, output, issues } = v.safeParse(POOL, whole.success ? whole.output.UserPool : json);
  if (success) return { pool: output as unknown as DescribedPool };
  return { problems: issues.map(problemOf) };
}

/** PowerShell's `>` writes UTF-16. https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_character_encoding */
function textOf(bytes: Uint8Array): string {
  return new TextDecoder(bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : "utf-8").decode(bytes);
}

/** A description has fewer than ten, and who reads one level inside the other needs an end. */
const MAX_DEPTH = 50;

function isDeeperThan(levels: number, json: unknown): boolean {
  let level = [json];
  for (let depth = 0; depth <= levels && level.length > 0; depth += 1)
    level = level.flatMap((one) => (typeof one === "object" && one !== null ? Object.values(one) : []));
  return level.length > 0;
}

function problemOf({ input, kind, type, message, ...issue }: v.BaseIssue<unknown>): string {
  const path = v.getDotPath(issue as v.BaseIssue<unknown>);
  if (path === null) return `found another form, expected ${kind === "validation" ? message : EXPECTED}`;
  if (input === undefined) return `${path}: found nothing, expected a value`;
  return `${path}: found ${inShort(input)}, expected ${type === "check" ? message : issue.expected}`;
}

function inShort(input: unknown): string {
  if (typeof input === "object" && input !== null) return Array.isArray(input) ? "a list" : "an object";
  const text = JSON.stringify(typeof input === "string" ? input.slice(0, 60) : input);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

/** A pool here that is like the described one. What a description leaves out is as CreateUserPool makes it. */
export function poolOf(described: DescribedPool): EmptyPool {
  const settings = POOL_SETTINGS.filter((name) => name !== "LambdaConfig").map((name) => [name, described[name]]);
  return {
    id: described.Id,
    arn: described.Arn,
    name: described.Name ?? described.Id,
    usernameAttributes: described.UsernameAttributes ?? [],
    aliasAttributes: described.AliasAttributes ?? [],
    caseSensitive: isCaseSensitive(described),
    // The description says of each attribute whether it is required.
    requiredAttributes: [],
    customAttributes: (described.SchemaAttributes ?? []) as readonly SchemaAttribute[],
    lambdaConfig: { ...described.LambdaConfig },
    settings: { ...Object.fromEntries(settings), MfaConfiguration: described.MfaConfiguration ?? "OFF" },
    ...(described.Domain !== undefined && { domain: described.Domain }),
  };
}
