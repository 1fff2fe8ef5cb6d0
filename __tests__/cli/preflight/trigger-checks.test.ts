import { TRIGGER_CHECKS } from "../../../cli/preflight/trigger-checks";
import { FUNCTION_ARN } from "../../support/preflight";
import { facts, type Row, testFindings } from "../../support/preflight-findings";

const { source, destination } = facts;

const ROWS: readonly Row[] = [
  [
    "a trigger in the newer of its two places",
    "source-triggers",
    "warning",
    { source: { ...source, LambdaConfig: { PreTokenGenerationConfig: { LambdaArn: "arn", LambdaVersion: "V2_0" } } } },
    {},
    /^At the source PreTokenGeneration runs/,
  ],
  [
    "no trigger",
    "migration-trigger",
    "warning",
    { destination: { ...destination, LambdaConfig: {} } },
    {},
    /no user migration trigger/,
  ],
  [
    "another function as the trigger",
    "migration-trigger",
    "failed",
    { destination: { ...destination, LambdaConfig: { UserMigration: `${FUNCTION_ARN}2` } } },
    {},
    /another function/,
  ],
  [
    "an alias of the function as the trigger",
    "migration-trigger",
    "warning",
    { destination: { ...destination, LambdaConfig: { UserMigration: `${FUNCTION_ARN}:live` } } },
    {},
    /:live, as it was when that version was published/,
  ],
  [
    "a source that asks itself",
    "source-triggers",
    "failed",
    { source: { ...source, LambdaConfig: { UserMigration: FUNCTION_ARN } } },
    {},
    /ask itself/,
  ],
  [
    "a source that migrates from elsewhere",
    "source-triggers",
    "warning",
    { source: { ...source, LambdaConfig: { UserMigration: "arn:aws:lambda:eu-west-1:111111111111:function:older" } } },
    {},
    /UserMigration runs/,
  ],
  [
    "triggers of the source",
    "source-triggers",
    "warning",
    { source: { ...source, LambdaConfig: { PreAuthentication: "arn", PreTokenGeneration: "arn" } } },
    {},
    /PreAuthentication runs .* and PreTokenGeneration runs/,
  ],
  [
    "triggers of the destination",
    "destination-triggers",
    "warning",
    { destination: { ...destination, LambdaConfig: { UserMigration: FUNCTION_ARN, PreSignUp: "arn" } } },
    {},
    /PreSignUp runs when a user who migrates is created/,
  ],
  [
    "what makes the application's own users",
    "post-confirmation",
    "warning",
    { destination: { ...destination, LambdaConfig: { UserMigration: FUNCTION_ARN, PostConfirmation: "arn" } } },
    {},
    /does not call it for a user who migrates/,
  ],
];

testFindings(TRIGGER_CHECKS, ROWS);
