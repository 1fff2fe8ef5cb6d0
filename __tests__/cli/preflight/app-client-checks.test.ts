import type { UserPoolClientType } from "@aws-sdk/client-cognito-identity-provider";
import { APP_CLIENT_CHECKS } from "../../../cli/preflight/app-client-checks";
import { decide, facts, type Row, stateOf, testFindings } from "../../support/preflight-findings";

const [application] = facts.destinationClients;

const ROWS: readonly Row[] = [
  [
    "an app client for SRP alone",
    "client-flows",
    "failed",
    { destinationClients: [{ ...application, ExplicitAuthFlows: ["ALLOW_USER_SRP_AUTH"] }] },
    {},
    /never fires for sign-ins through app client application\./,
  ],
  [
    "an app client without a list of flows",
    "client-flows",
    "failed",
    { destinationClients: [{ ClientName: "bare", PreventUserExistenceErrors: "ENABLED", WriteAttributes: ["name"] }] },
    {},
    /never fires for sign-ins through app client bare\./,
  ],
  ["no app client", "client-flows", "failed", { destinationClients: [] }, {}, /no app client/],
  [
    "one of two app clients for SRP alone",
    "client-flows",
    "warning",
    {
      destinationClients: [
        { ...application },
        { ...application, ClientName: "other", ExplicitAuthFlows: ["ALLOW_USER_SRP_AUTH"] },
      ],
    },
    {},
    /through app client other\. The trigger fires for .* through app client application\./,
  ],
  [
    "choice-based sign-in of people",
    "client-user-auth",
    "warning",
    { destinationClients: [{ ...application, ExplicitAuthFlows: ["ALLOW_USER_AUTH", "ALLOW_USER_PASSWORD_AUTH"] }] },
    {},
    /client application of the destination allows USER_AUTH\..*PASSWORD_SRP never call/,
  ],
  [
    "choice-based sign-in by a server",
    "client-user-auth",
    "warning",
    {
      destinationClients: [
        { ...application },
        {
          ClientName: "server",
          ExplicitAuthFlows: ["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_USER_AUTH"],
          PreventUserExistenceErrors: "ENABLED",
          WriteAttributes: ["name"],
        },
      ],
    },
    {},
    /client server of the destination allows USER_AUTH\./,
  ],
  [
    "an app client that tells",
    "client-error-disclosure",
    "warning",
    { destinationClients: [{ ...application, PreventUserExistenceErrors: "LEGACY" }] },
    {},
    /not ENABLED in app client application/,
  ],
  [
    "an app client that may write the old sub",
    "client-write-attributes",
    "warning",
    { destinationClients: [{ ...application, WriteAttributes: ["custom:source_sub"] }] },
    {},
    /may write custom:source_sub/,
  ],
  [
    "an app client that may write everything",
    "client-write-attributes",
    "warning",
    { destinationClients: [{ ...application, WriteAttributes: undefined }] },
    {},
    /may write custom:source_sub/,
  ],
  [
    "an app client with an empty list, which is none",
    "client-write-attributes",
    "warning",
    { destinationClients: [{ ...application, WriteAttributes: [] }] },
    {},
    /may write custom:source_sub/,
  ],
  [
    "no app client of the migration",
    "migration-client",
    "failed",
    { migrationClient: undefined },
    {},
    /no app client of the id that/,
  ],
  [
    "one without its flow",
    "migration-client",
    "failed",
    { migrationClient: { ...facts.migrationClient, ExplicitAuthFlows: ["ALLOW_USER_SRP_AUTH"] } },
    {},
    /does not allow ALLOW_ADMIN_USER_PASSWORD_AUTH/,
  ],
  [
    "one with a secret",
    "migration-client",
    "failed",
    { migrationClient: { ...facts.migrationClient, ClientSecret: "there is one" } },
    {},
    /has a secret/,
  ],
  [
    "one with OAuth",
    "migration-client",
    "warning",
    { migrationClient: { ...facts.migrationClient, AllowedOAuthFlows: ["code"] } },
    {},
    /OAuth is on/,
  ],
  [
    "one with long tokens",
    "migration-client",
    "warning",
    {
      migrationClient: {
        ...facts.migrationClient,
        TokenValidityUnits: { AccessToken: "hours", IdToken: "minutes", RefreshToken: "days" },
      },
    },
    {},
    /: access tokens live longer than 5 minutes and refresh tokens live longer than 60 minutes\./,
  ],
  [
    "one with another flow",
    "migration-client",
    "warning",
    {
      migrationClient: {
        ...facts.migrationClient,
        ExplicitAuthFlows: ["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_USER_PASSWORD_AUTH"],
      },
    },
    {},
    /also allows ALLOW_USER_PASSWORD_AUTH/,
  ],
  [
    "one with long ID tokens",
    "migration-client",
    "warning",
    {
      migrationClient: {
        ...facts.migrationClient,
        TokenValidityUnits: { AccessToken: "minutes", IdToken: "hours", RefreshToken: "minutes" },
      },
    },
    {},
    /: ID tokens live longer than 5 minutes\./,
  ],
  [
    "one whose ID tokens live as long as Cognito's own",
    "migration-client",
    "warning",
    { migrationClient: { ...facts.migrationClient, IdTokenValidity: undefined } },
    {},
    /: ID tokens live longer/,
  ],
  [
    "one that reads more",
    "migration-client",
    "warning",
    { migrationClient: { ...facts.migrationClient, ReadAttributes: ["locale", "custom:tier"] } },
    {},
    /: it may read custom:tier\./,
  ],
  [
    "one that reads everything",
    "migration-client",
    "warning",
    { migrationClient: { ...facts.migrationClient, ReadAttributes: undefined } },
    {},
    /: it may read every attribute\./,
  ],
  [
    "one that writes more than Cognito insists on",
    "migration-client",
    "warning",
    { migrationClient: { ...facts.migrationClient, WriteAttributes: ["email", "locale", "custom:tier"] } },
    {},
    /: it may write custom:tier\./,
  ],
  [
    "one that writes everything",
    "migration-client",
    "warning",
    { migrationClient: { ...facts.migrationClient, WriteAttributes: undefined } },
    {},
    /: it may write every attribute\./,
  ],
];

testFindings(APP_CLIENT_CHECKS, ROWS);

test.each<[string, UserPoolClientType]>([
  ["a third party's", { ClientType: "DCR" }],
  ["a machine's", { AllowedOAuthFlows: ["client_credentials"] }],
])("choice-based sign-in of %s app client is left alone, as its flows are", (_, more) => {
  const other = { ...application, ClientName: "other", ExplicitAuthFlows: ["ALLOW_USER_AUTH" as const], ...more };
  expect(stateOf(decide({ destinationClients: [{ ...application }, other] }, {}), "client-user-auth")).toBe("passed");
});
