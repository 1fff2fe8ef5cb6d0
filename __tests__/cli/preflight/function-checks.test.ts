import { FUNCTION_CHECKS } from "../../../cli/preflight/function-checks";
import { attribute, FUNCTION_ARN, givenWith, invokePolicy, schema } from "../../support/preflight";
import {
  facts,
  ofFunction,
  type Row,
  testFindings,
  withConcurrency,
  withVariable,
} from "../../support/preflight-findings";

const { destination, functionRole } = facts;
const CUSTOM = [attribute("custom:plan"), attribute("custom:source_sub")];

const ROWS: readonly Row[] = [
  [
    "a pending function",
    "function-state",
    "failed",
    ofFunction({ State: "Pending", StateReason: "The function is being created." }),
    {},
    /Pending. The function/,
  ],
  [
    "an update that failed",
    "function-state",
    "failed",
    ofFunction({ LastUpdateStatus: "Failed" }),
    {},
    /update is Failed/,
  ],
  [
    "another policy than the setting",
    "function-configuration",
    "failed",
    withVariable({ MFA_POLICY: "allow" }),
    {},
    /MFA_POLICY is allow instead of reject/,
  ],
  [
    "an attribute that the pool has got since",
    "function-configuration",
    "failed",
    { destination: { ...destination, SchemaAttributes: schema(attribute("custom:new"), ...CUSTOM) } },
    {},
    /lacks custom:new/,
  ],
  [
    "another source role",
    "function-configuration",
    "failed",
    withVariable({ SOURCE_ROLE_ARN: "arn:aws:iam::333333333333:role/other" }),
    {},
    /SOURCE_ROLE_ARN is arn:aws:iam::333333333333:role\/other instead/,
  ],
  [
    "another app client",
    "function-configuration",
    "failed",
    withVariable({ SOURCE_APP_CLIENT_ID: "2other" }),
    {},
    /SOURCE_APP_CLIENT_ID is 2other instead of 1example/,
  ],
  [
    "a source that was deployed again, and not the destination",
    "function-configuration",
    "failed",
    {},
    { outputs: { ...givenWith().outputs, mfaConfiguration: "ON" } },
    /SOURCE_MFA_CONFIGURATION is OFF instead of ON/,
  ],
  [
    "a source that no longer demands a second factor",
    "function-source-mfa",
    "warning",
    withVariable({ SOURCE_MFA_CONFIGURATION: "ON" }),
    {},
    /MFA is OFF at the source, and the function has SOURCE_MFA_CONFIGURATION=ON: who has no factor/,
  ],
  [
    "an endpoint of somebody else",
    "function-configuration",
    "failed",
    withVariable({ AWS_ENDPOINT_URL_STS: "https://example.invalid" }),
    {},
    /AWS_ENDPOINT_URL_STS is a variable/,
  ],
  [
    "a short key",
    "function-configuration",
    "failed",
    withVariable({ LOG_USER_KEY: "short" }),
    {},
    /LOG_USER_KEY is missing or too short/,
  ],
  ["another timeout", "function-configuration", "failed", ofFunction({ Timeout: 30 }), {}, /30 s instead of 5/],
  ["a layer", "function-configuration", "failed", ofFunction({ Layers: [{ Arn: "arn" }] }), {}, /layers/],
  [
    "another role",
    "function-configuration",
    "failed",
    ofFunction({ Role: "arn:aws:iam::222222222222:role/admin" }),
    {},
    /role\/admin/,
  ],
  [
    "another memory and handler",
    "function-configuration",
    "failed",
    ofFunction({ MemorySize: 128, Handler: "other.handler" }),
    {},
    /128 MB instead of 512 and the handler is other.handler/,
  ],
  [
    "another concurrency",
    "function-configuration",
    "failed",
    withConcurrency(undefined),
    {},
    /concurrency is none instead of 10/,
  ],
  [
    "a runtime that ends soon",
    "function-runtime",
    "warning",
    ofFunction({ Runtime: "nodejs22.x" }),
    {},
    /nodejs22.x is deprecated on 2027-04-30, in 156 days/,
  ],
  ["a deprecated runtime", "function-runtime", "failed", ofFunction({ Runtime: "nodejs20.x" }), {}, /since 2026-04-30/],
  ["a runtime of later", "function-runtime", "warning", ofFunction({ Runtime: "nodejs26.x" }), {}, /not known/],
  ["no role for the function", "function-role", "failed", { functionRole: undefined }, {}, /not there/],
  [
    "a function's role that others may use",
    "function-role",
    "failed",
    {
      functionRole: {
        permissions: [],
        attached: [],
        ...functionRole,
        trustPolicy: {
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Principal: { AWS: "*" }, Action: "sts:AssumeRole" }],
        },
      },
    },
    {},
    /Others than Lambda/,
  ],
  [
    "a function's role that may more",
    "function-role",
    "failed",
    { functionRole: { trustPolicy: undefined, permissions: [], ...functionRole, attached: ["AdministratorAccess"] } },
    {},
    /AdministratorAccess/,
  ],
  ["no resource policy", "function-invoke-policy", "failed", { invokePolicy: undefined }, {}, /no resource policy/],
  [
    "a second statement",
    "function-invoke-policy",
    "failed",
    {
      invokePolicy: invokePolicy([
        { Sid: "x", Effect: "Allow", Principal: "*", Action: "lambda:InvokeFunction", Resource: FUNCTION_ARN },
      ]),
    },
    {},
    /not the one statement/,
  ],
  [
    "another pool",
    "function-invoke-policy",
    "failed",
    {
      invokePolicy: invokePolicy([], {
        ArnLike: { "AWS:SourceArn": "arn:aws:cognito-idp:eu-central-1:222222222222:userpool/*" },
      }),
    },
    {},
    /not the one statement/,
  ],
  [
    "no source account",
    "function-invoke-policy",
    "failed",
    { invokePolicy: invokePolicy([], { StringEquals: undefined }) },
    {},
    /not the one statement/,
  ],
];

testFindings(FUNCTION_CHECKS, ROWS);
