import * as v from "valibot";
import { MFA_CONFIGURATIONS, usernameAttributeText } from "../rules/attribute-rules";
import { isUserPoolName, USER_POOL_NAME_MAX_LENGTH } from "../rules/migration-names";
import { partitionOf } from "../rules/partitions";
import { AN_AWS_REGION, account, checked, inGroup, nearRegion, profile, region, text } from "./setting-values";
import { parseUserPoolArn, parseUserPoolId, regionsOfUserPoolArn } from "./user-pool";

/** In the examples. Cognito makes nine characters, so nobody has such a pool. */
const EXAMPLE_POOL = /_(SourcePool|OldPool|NewPool)$/;
const isExample = (id: string): string | undefined =>
  EXAMPLE_POOL.test(id) ? "your own user pool: this is the one of the examples" : undefined;

/** What is nearly right is said not to be the one, and where: the Region, or that the example was never replaced. */
function nearPoolId(id: string): string | undefined {
  const region = parseUserPoolId(id)?.region;
  return region === undefined ? undefined : (isExample(id) ?? nearRegion(region));
}

function nearPoolArn(arn: string): string | undefined {
  const regions = regionsOfUserPoolArn(arn);
  if (regions === undefined) return undefined;
  const { partition, ofArn, ofId } = regions;
  if (ofArn !== ofId) return `one Region in both places: its Region is ${ofArn}, that of the pool id ${ofId}`;
  const right = partitionOf(ofArn).name;
  return (
    isExample(arn) ??
    nearRegion(ofArn) ??
    (right === partition ? undefined : `partition ${right}, where Region ${ofArn} is`)
  );
}

/** What `parse` makes of a text; not where `near` knows better. */
const readBy = <Read>(parse: (value: string) => Read | undefined, near: (value: string) => string | undefined) =>
  v.pipe(
    checked((value) => parse(value) !== undefined && near(value) === undefined),
    v.transform((value) => parse(value) as Read),
  );

/** Which pools, and who reaches them. */
export const POOL_SETTINGS = {
  ...inGroup("Both stacks", {
    USER_POOL_NAME: {
      about:
        "A name for this migration, not the pool's own: it becomes part of the role and function names in both accounts",
      expected: `1 to ${USER_POOL_NAME_MAX_LENGTH} characters of A-Z, a-z, 0-9, - and _ (role names end at 64), not beginning with lambda_ or token_ (another migration's role could have that name)`,
      example: "customers",
      note: "required",
      schema: checked(isUserPoolName),
    },
    SOURCE_USER_POOL_ID: {
      about: "User pool that holds the users now",
      expected: "a user pool id such as eu-west-1_AbCdEfGhI",
      explain: nearPoolId,
      example: "eu-west-1_SourcePool",
      note: "required",
      schema: readBy(parseUserPoolId, nearPoolId),
    },
    SOURCE_REGION: {
      about: "Region of the source user pool; differs from the one in its id only for a multi-Region pool",
      expected: AN_AWS_REGION,
      explain: nearRegion,
      example: "eu-west-1",
      note: "the Region in SOURCE_USER_POOL_ID",
      schema: v.optional(region),
    },
    EXTERNAL_ID: {
      about: "External ID that the function presents when it assumes the role in the source account",
      expected: "2 to 1224 characters of A-Z, a-z, 0-9 and _+=,.@:/-",
      example: "cognito-migration/customers",
      note: "made from USER_POOL_NAME, SOURCE_USER_POOL_ID and the destination account",
      schema: v.optional(text(/^[\w+=,.@:/-]{2,1224}$/)),
    },
  }),
  ...inGroup("Source stack", {
    SOURCE_ACCOUNT: {
      about: "Account of the source user pool; Terraform refuses to run in any other",
      expected: "12 digits",
      example: "111111111111",
      note: "not checked",
      schema: v.optional(account),
    },
    SOURCE_PROFILE: {
      about: "Shared configuration profile for the source account",
      expected: "the name of a profile, without spaces or brackets",
      example: "legacy-admin",
      note: "the credentials in the environment",
      schema: v.optional(profile),
    },
    DESTINATION_ACCOUNT: {
      about: "Account whose function may assume the role in the source account",
      expected: "12 digits",
      example: "222222222222",
      note: "the account in DESTINATION_USER_POOL_ARN; one of the two is required for the source stack",
      schema: v.optional(account),
    },
  }),
  ...inGroup("Destination stack", {
    DESTINATION_USER_POOL_ARN: {
      about: "User pool that the users move to; gives the account, Region and partition",
      expected: "a user pool ARN such as arn:aws:cognito-idp:eu-central-1:222222222222:userpool/eu-central-1_AbCdEfGhI",
      explain: nearPoolArn,
      example: "arn:aws:cognito-idp:eu-central-1:222222222222:userpool/eu-central-1_NewPool",
      note: "required for the destination stack",
      schema: v.optional(readBy(parseUserPoolArn, nearPoolArn)),
    },
    DESTINATION_PROFILE: {
      about: "Shared configuration profile for the destination account",
      expected: "the name of a profile, without spaces or brackets",
      example: "identity-admin",
      note: "the credentials in the environment",
      schema: v.optional(profile),
    },
    SOURCE_ROLE_ARN: {
      about: "Role in the source account, when it is not read from the source stack's state",
      expected: "a role ARN such as arn:aws:iam::111111111111:role/cognito_migration_customers",
      example: "arn:aws:iam::111111111111:role/cognito_migration_customers",
      note: "output `role_arn` of the source stack",
      schema: v.optional(text(/^arn:aws(?:-[a-z]+)*:iam::[0-9]{12}:role\/[\w+=,.@/-]{1,512}$/)),
    },
    SOURCE_APP_CLIENT_ID: {
      about: "App client in the source user pool; goes together with SOURCE_ROLE_ARN",
      expected: "an app client id: 1 to 128 letters and digits",
      example: "1h57kf5cpq17m0eml12EXAMPLE",
      note: "output `app_client_id` of the source stack",
      schema: v.optional(text(/^[\w+]{1,128}$/)),
    },
    SOURCE_MFA_CONFIGURATION: {
      about: "MfaConfiguration of the source user pool, when it is not read from the source stack's state",
      expected: `one of ${MFA_CONFIGURATIONS.join(", ")}`,
      example: "OPTIONAL",
      note: "output `mfa_configuration` of the source stack; with SOURCE_ROLE_ARN `ON`, the strictest",
      schema: v.optional(v.picklist(MFA_CONFIGURATIONS)),
    },
    SOURCE_USERNAME_ATTRIBUTES: {
      about:
        "UsernameAttributes of the source user pool, or `none`, when they are not read from the source stack's state: what users sign in with instead of a username",
      expected: "email, phone_number, both with a comma between them, or none",
      example: "email",
      note: "output `username_attributes` of the source stack; required with SOURCE_ROLE_ARN",
      schema: v.optional(usernameAttributeText),
    },
  }),
};
