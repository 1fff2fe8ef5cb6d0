import type { SchemaAttributeType, UserPoolClientType } from "@aws-sdk/client-cognito-identity-provider";
import { audienceOf } from "../../rules/app-client";
import { STAMP_MAX_LENGTH, STAMP_MIN_LENGTH } from "../../rules/stamp";
import { appClientName, mayRead, mayWrite } from "../pools/app-client";
import {
  type Check,
  defineCheck,
  type Finding,
  failed,
  inTheme,
  listed,
  type Occasion,
  passed,
  STAMPED,
  warning,
} from "./check";
import { type CheckedFunction, checkOfDeployed, DEPLOY_AGAIN, MIGRATING, TOKEN } from "./checked-function";
import { GROUP_CHECK } from "./group-check";
import { attributeNamed } from "./schema";

const ATTRIBUTES = "https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html";

/** The block for `aws_cognito_user_pool`, which knows custom attributes without their prefix, and adds one in place. https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/cognito_user_pool */
const schemaBlock = (attribute: string): readonly string[] => [
  "schema {",
  `  name                = ${hclText(attribute.replace(/^custom:/, ""))}`,
  '  attribute_data_type = "String"',
  "  mutable             = true",
  "  string_attribute_constraints {",
  '    min_length = "0"',
  `    max_length = "${STAMP_MAX_LENGTH}"`,
  "  }",
  "}",
];

/** In which Terraform finds no reference and no directive. https://developer.hashicorp.com/terraform/language/expressions/strings#escape-sequences-1 */
const hclText = (text: string): string =>
  JSON.stringify(text)
    .replaceAll("${", () => "$${")
    .replaceAll("%{", "%%{");

/** What of its definition keeps the stamp out. Cognito changes none of it later. */
function unfit({
  AttributeDataType,
  Mutable,
  Required,
  StringAttributeConstraints = {},
}: SchemaAttributeType): string[] {
  const { MinLength = "0", MaxLength = String(STAMP_MAX_LENGTH) } = StringAttributeConstraints;
  return [
    ...(AttributeDataType === "String" ? [] : [`is a ${AttributeDataType}`]),
    ...(Number(MaxLength) >= STAMP_MAX_LENGTH ? [] : [`takes ${MaxLength} characters instead of ${STAMP_MAX_LENGTH}`]),
    ...(Number(MinLength) <= STAMP_MIN_LENGTH ? [] : [`takes no text shorter than ${MinLength} characters`]),
    ...(Required === true ? ["is required"] : []),
    ...(Mutable === false ? ["is immutable, so that no stamp can be blanked"] : []),
  ];
}

const RIGHTS = [
  { verb: "write", list: "WriteAttributes", may: mayWrite },
  { verb: "read", list: "ReadAttributes", may: mayRead },
] as const;

/** The app clients that reach the attribute: by a list that names it, or by having no list. */
function reaching(clients: readonly UserPoolClientType[], attribute: string, by: "name" | "no list"): string[] {
  const people = clients.filter((client) => audienceOf(client) !== "machines");
  return RIGHTS.flatMap(({ verb, list, may }) => {
    const isNamed = (client: UserPoolClientType): boolean => client[list]?.includes(attribute) === true;
    const those = people.filter((client) => may(client, attribute) && isNamed(client) === (by === "name"));
    const lacking = by === "name" ? "" : ` as far as anybody knows, without ${list}`;
    return those.length === 0 ? [] : [`app client ${listed(those.map(appClientName))} may ${verb} it${lacking}`];
  });
}

function clientsFinding(clients: readonly UserPoolClientType[], attribute: string): Finding {
  const named = reaching(clients, attribute, "name");
  const unlisted = reaching(clients, attribute, "no list");
  const remedy = `List WriteAttributes and ReadAttributes of every app client, without ${attribute}.`;
  const found = `The attribute for the stamp ${attribute} is in reach of users: ${listed([...named, ...unlisted])}.`;
  if (named.length > 0) return failed(found, remedy);
  if (unlisted.length > 0) return warning(found, remedy);
  return passed(`The destination has ${attribute} for the stamp, and no app client may read or write it.`);
}

const attribute = defineCheck({
  id: "stamp-attribute",
  title: "The destination has the attribute for the stamp, and no app client may read or write it",
  otherwise:
    "No stamp can be kept, and no group travels; or a user brings an old stamp back, or finds it in the ID token when the trigger is gone.",
  source: ATTRIBUTES,
  occasion: STAMPED,
  needs: ["destination", "destinationClients"],
  decide: ({ destination, destinationClients, settings: { stampAttribute } }) => {
    const definition = attributeNamed(destination, stampAttribute);
    if (definition === undefined)
      return failed(
        `The destination has no attribute ${stampAttribute} for the stamp.`,
        "Cognito never removes an attribute, so choose its name well. Add this to the user pool's resource:",
        schemaBlock(stampAttribute),
      );
    const wrong = unfit(definition);
    if (wrong.length > 0)
      return failed(
        `The attribute for the stamp ${stampAttribute} ${listed(wrong)}.`,
        "Cognito changes and removes no attribute: name another with STAMP_ATTRIBUTE, and run this again.",
      );
    return clientsFinding(destinationClients, stampAttribute);
  },
});

const AWS_KEY = "AWS's own key";

const KEYED: Occasion = {
  told: "`MIGRATION_STAMP=on` or `LAMBDA_KMS_KEY_ARN`",
  isGiven: (settings) => STAMPED.isGiven(settings) || settings.lambdaKmsKeyArn !== undefined,
};

const key = (fn: CheckedFunction): Check => {
  const check = checkOfDeployed(fn, {
    id: "stamp-key",
    title: `The ${fn.noun}'s environment is encrypted with the KMS key that the settings name, or they accept that it can be read`,
    otherwise:
      "Whoever may read the function's configuration reads the key that signs stamps, and can make anybody a member.",
    source: "https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars-encryption.html",
    decide: ({ configuration: { KMSKeyArn: found } }, { settings: { lambdaKmsKeyArn: wanted } }) => {
      const environment = `The ${fn.noun}'s environment`;
      if (found === wanted)
        return passed(
          wanted === undefined
            ? `${environment} has no key of yours, and STAMP_KEY_READABLE accepts that it can be read.`
            : `${environment} is encrypted with ${wanted}.`,
        );
      const instead = `${environment} is encrypted with ${found ?? AWS_KEY} instead of ${wanted ?? AWS_KEY}.`;
      return wanted === undefined ? warning(instead, DEPLOY_AGAIN) : failed(instead, DEPLOY_AGAIN);
    },
  });
  return { ...check, occasion: check.occasion ?? KEYED };
};

export const STAMP_CHECKS = inTheme("Stamp and groups", [attribute, key(MIGRATING), key(TOKEN), GROUP_CHECK]);
