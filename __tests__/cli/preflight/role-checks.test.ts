import type { FactValues } from "../../../cli/preflight/facts";
import { SOURCE_ROLE_CHECKS } from "../../../cli/preflight/role-checks";
import { sourceTrustPolicy } from "../../../stacks/policies";
import { settingsOf } from "../../support/preflight";
import { facts, type Row, testFindings } from "../../support/preflight-findings";

const { sourceRole } = facts;
const settings = settingsOf();
const stackTrust = { partition: "aws", destinationAccount: "222222222222", lambdaRoleName: settings.names.lambdaRole };
const trusting = (trustPolicy: unknown): Partial<FactValues> => ({
  sourceRole: { permissions: [], attached: [], ...sourceRole, trustPolicy },
});

const ROWS: readonly Row[] = [
  ["no source role", "source-role-trust", "failed", { sourceRole: undefined }, {}, /not there/],
  [
    "a role without External ID",
    "source-role-trust",
    "failed",
    trusting({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::222222222222:root" },
          Action: "sts:AssumeRole",
          Condition: {
            ArnEquals: { "aws:PrincipalArn": `arn:aws:iam::222222222222:role/${settings.names.lambdaRole}` },
          },
        },
      ],
    }),
    {},
    /not the one/,
  ],
  [
    "a role for another External ID",
    "source-role-trust",
    "failed",
    trusting(sourceTrustPolicy({ ...stackTrust, externalId: "other" })),
    {},
    /not the one/,
  ],
  [
    "a role for somebody else, too",
    "source-role-trust",
    "failed",
    trusting({
      Version: "2012-10-17",
      Statement: [
        ...sourceTrustPolicy({ ...stackTrust, externalId: settings.externalId }).Statement,
        { Effect: "Allow", Principal: { AWS: "arn:aws:iam::333333333333:root" }, Action: "sts:AssumeRole" },
      ],
    }),
    {},
    /not the one/,
  ],
  [
    "a source role that may more",
    "source-role-permissions",
    "failed",
    {
      sourceRole: {
        trustPolicy: undefined,
        ...sourceRole,
        permissions: [
          { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "cognito-idp:*", Resource: "*" }] },
        ],
        attached: [],
      },
    },
    {},
    /not the one/,
  ],
  [
    "a source role with a managed policy",
    "source-role-permissions",
    "failed",
    { sourceRole: { trustPolicy: undefined, permissions: [], ...sourceRole, attached: ["ReadOnlyAccess"] } },
    {},
    /managed policies: ReadOnlyAccess/,
  ],
  [
    "a source role with one policy more",
    "source-role-permissions",
    "failed",
    { sourceRole: { trustPolicy: undefined, attached: [], ...sourceRole, permissions: [{}, {}] } },
    {},
    /2 inline policies/,
  ],
  [
    "an operator who can assume it",
    "source-role-closed",
    "failed",
    { operatorAssumes: { ...facts.operatorAssumes, withExternalId: "assumed" } },
    {},
    /assume it with the External ID/,
  ],
  [
    "an operator who needs no External ID",
    "source-role-closed",
    "failed",
    { operatorAssumes: { ...facts.operatorAssumes, withoutExternalId: "assumed" } },
    {},
    /without it/,
  ],
  [
    "a function that cannot assume it",
    "source-role-assumable",
    "failed",
    { functionAssumes: { ...facts.functionAssumes, withExternalId: "refused" } },
    {},
    /refuses the function's role/,
  ],
  [
    "a function that needs no External ID",
    "source-role-assumable",
    "failed",
    { functionAssumes: { ...facts.functionAssumes, withoutExternalId: "assumed" } },
    {},
    /any External ID, or none/,
  ],
  [
    "any External ID",
    "source-role-assumable",
    "failed",
    { functionAssumes: { ...facts.functionAssumes, withAnotherExternalId: "assumed" } },
    {},
    /any External ID, or none/,
  ],
];

testFindings(SOURCE_ROLE_CHECKS, ROWS);
