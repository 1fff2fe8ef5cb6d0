import type { AliasAttributeType, UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import { SIGN_IN_NAME_CHECKS } from "../../../cli/preflight/sign-in-name-checks";
import { attribute, schema } from "../../support/preflight";
import { facts, given, type Row, range, scan, testFindings, withVariable } from "../../support/preflight-findings";

const { source, destination } = facts;

function withoutUsernameAttributes({ UsernameAttributes: _, ...pool }: UserPoolType): UserPoolType {
  return pool;
}

function withAliases(pool: UserPoolType, AliasAttributes: AliasAttributeType[]): UserPoolType {
  return { ...withoutUsernameAttributes(pool), AliasAttributes };
}

const ROWS: readonly Row[] = [
  [
    "pools without a common name",
    "sign-in-names",
    "failed",
    {
      source: {
        ...source,
        UsernameAttributes: ["phone_number"],
        SchemaAttributes: schema(attribute("custom:tier")).map((one) => ({ ...one, Required: true })),
      },
    },
    {},
    /No name works at both/,
  ],
  [
    "an alias that the source does not know",
    "sign-in-names",
    "warning",
    {
      source: withoutUsernameAttributes(source),
      destination: withAliases(destination, ["preferred_username"]),
      ...withVariable({ DESTINATION_USERNAME_ATTRIBUTES: "none", DESTINATION_ALIAS_ATTRIBUTES: "preferred_username" }),
      sourceClients: [],
    },
    given({ DESTINATION_ALIAS_ATTRIBUTES: "preferred_username" }),
    /Nobody migrates by preferred_username/,
  ],
  [
    "addresses that need proof",
    "sign-in-names",
    "warning",
    { source: { ...withoutUsernameAttributes(source), AliasAttributes: ["email"] } },
    {},
    /Only a verified email/,
  ],
  [
    "an alias that needs proof, although it is the name at the source",
    "sign-in-names",
    "warning",
    {
      destination: withAliases(destination, ["email"]),
      ...withVariable({ DESTINATION_USERNAME_ATTRIBUTES: "none", DESTINATION_ALIAS_ATTRIBUTES: "email" }),
    },
    given({ DESTINATION_ALIAS_ATTRIBUTES: "email" }),
    /Only a verified email/,
  ],
  [
    "aliases that nobody has said",
    "alias-setting",
    "failed",
    {
      destination: withAliases(destination, ["preferred_username"]),
      ...withVariable({ DESTINATION_USERNAME_ATTRIBUTES: "none" }),
      source: { ...withoutUsernameAttributes(source), AliasAttributes: ["preferred_username"] },
    },
    {},
    /says nothing, the pool has preferred_username/,
  ],
  [
    "aliases that the pool does not have",
    "alias-setting",
    "failed",
    withVariable({ DESTINATION_ALIAS_ATTRIBUTES: "email" }),
    given({ DESTINATION_ALIAS_ATTRIBUTES: "email" }),
    /says email, the pool has none/,
  ],
  [
    "another case sensitivity than the setting's",
    "case-setting",
    "failed",
    {
      destination: { ...destination, UsernameConfiguration: { CaseSensitive: false } },
      source: { ...source, UsernameConfiguration: { CaseSensitive: false } },
    },
    {},
    /says true, the pool false/,
  ],
  [
    "a source that minds less",
    "letter-case",
    "warning",
    { source: { ...source, UsernameConfiguration: { CaseSensitive: false } } },
    {},
    /must be typed as the source has it/,
  ],
  [
    "names with capitals",
    "letter-case",
    "warning",
    {
      destination: { ...destination, UsernameConfiguration: { CaseSensitive: false } },
      ...withVariable({ DESTINATION_CASE_SENSITIVE: "false" }),
    },
    {
      ...given({ DESTINATION_CASE_SENSITIVE: "false" }),
      scan: { ...scan, mixedCase: 7, attributes: new Map([["email", range]]) },
    },
    /7 of 100 users/,
  ],
  [
    "names that collide",
    "case-collisions",
    "failed",
    {
      destination: { ...destination, UsernameConfiguration: { CaseSensitive: false } },
      ...withVariable({ DESTINATION_CASE_SENSITIVE: "false" }),
    },
    { ...given({ DESTINATION_CASE_SENSITIVE: "false" }), scan: { ...scan, collisions: 2 } },
    /2 names are used by more than one user/,
  ],
];

testFindings(SIGN_IN_NAME_CHECKS, ROWS);
