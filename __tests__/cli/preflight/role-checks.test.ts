import type { FactValues } from "../../../cli/preflight/facts";
import { SOURCE_ROLE_CHECKS } from "../../../cli/preflight/role-checks";
import { sourceTrustPolicy } from "../../../rules/policies";
import { settingsOf } from "../../support/preflight";
import { decide, facts, type Row, roleWith, stateOf, testFindings } from "../../support/preflight-findings";

const settings = settingsOf();
const stackTrust = { partition: "aws", destinationAccount: "222222222222", lambdaRoleName: settings.names.lambdaRole };
const trusting = (trustPolicy: unknown): Partial<FactValues> => roleWith("sourceRole", { trustPolicy });

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
    roleWith("sourceRole", {
      permissions: [
        { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "cognito-idp:*", Resource: "*" }] },
      ],
    }),
    {},
    /not the one/,
  ],
  [
    "a source role with a managed policy",
    "source-role-permissions",
    "failed",
    roleWith("sourceRole", { attached: ["ReadOnlyAccess"] }),
    {},
    /managed policies: ReadOnlyAccess/,
  ],
  [
    "a source role with one policy more",
    "source-role-permissions",
    "failed",
    roleWith("sourceRole", { permissions: [{}, {}] }),
    {},
    /2 inline policies/,
  ],
  [
    "a role of that name in another account",
    "source-role-trust",
    "failed",
    roleWith("sourceRole", { arn: "arn:aws:iam::333333333333:role/cognito_migration_customers" }),
    {},
    /is given arn:aws:iam::111111111111:role\S+, and these credentials find arn:aws:iam::333333333333/,
  ],
  [
    "a source role that a boundary narrows",
    "source-role-permissions",
    "warning",
    roleWith("sourceRole", { permissionsBoundary: "arn:aws:iam::aws:policy/ReadOnlyAccess" }),
    {},
    /boundary arn:aws:iam::aws:policy\/ReadOnlyAccess was not evaluated/,
  ],
  [
    "a source role that may more, within a boundary",
    "source-role-permissions",
    "failed",
    roleWith("sourceRole", { attached: ["ReadOnlyAccess"], permissionsBoundary: "arn:aws:iam::aws:policy/x" }),
    {},
    /managed policies/,
  ],
  [
    "an operator who can assume it",
    "source-role-closed",
    "failed",
    { operatorAssumes: { ...facts.operatorAssumes, withExternalId: "assumed" } },
    {},
    /assume the source role with the External ID/,
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
    /refuses the source role to the function's role/,
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

test("what a role of another account may do says nothing", () => {
  const elsewhere = roleWith("sourceRole", { arn: "arn:aws:iam::333333333333:role/cognito_migration_customers" });
  expect(stateOf(decide(elsewhere, {}), "source-role-permissions")).toBe("skipped");
});
