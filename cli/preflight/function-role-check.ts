import { lambdaTrustPolicy } from "../../rules/policies";
import { isSamePolicy } from "../../rules/policy-comparison";
import { OR_SET_OUTPUTS } from "../pools/stack-outputs";
import { type Check, failed, skipped } from "./check";
import { type CheckedFunction, checkOf } from "./checked-function";
import { EXPECTED_PERMISSIONS } from "./expected-function";
import { roleFinding } from "./role-finding";

const DEPLOY_DESTINATION = "Deploy the destination stack again, and take away what was added by hand.";

const MAY = {
  migration: "assume the source role and write its log",
  token: "write its log, and do what the settings have it do about groups and events",
} as const;

export const functionRoleCheck = (fn: CheckedFunction): Check =>
  checkOf(fn, {
    id: "function-role",
    title: `The ${fn.noun}'s role may ${MAY[fn.kind]}, and only Lambda may use it`,
    otherwise: {
      migration: "The function cannot reach the source or leaves no log, or somebody else can do what it may.",
      token: "The function can make nobody a member or leaves no log, or somebody else can do what it may.",
    },
    source: "https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html",
    parts: ["role"],
    decide: ({ role }, { settings, outputs: { roleArn: sourceRoleArn } }) => {
      const whose = `The ${fn.noun}'s role`;
      if (role === undefined) return failed(`${whose} is not there.`, "Deploy the destination stack.");
      const { partition, region, account } = settings.userPool;
      const names = fn.namesOf(settings);
      const arn = `arn:${partition}:iam::${account}:role/${names.role}`;
      if (role.arn !== arn) return failed(`${whose} is ${role.arn} instead of ${arn}.`, DEPLOY_DESTINATION);
      if (!isSamePolicy(role.trustPolicy, lambdaTrustPolicy()))
        return failed(`Others than Lambda may assume the ${fn.noun}'s role, or Lambda may not.`, DEPLOY_DESTINATION);
      const logGroupArn = `arn:${partition}:logs:${region}:${account}:log-group:${names.logGroup}`;
      const expected = EXPECTED_PERMISSIONS[fn.kind](settings, { sourceRoleArn, logGroupArn });
      if (expected === undefined)
        return skipped("The source role's ARN is not known.", `Mend source-reachable first, ${OR_SET_OUTPUTS}.`);
      return roleFinding(role, { whose, may: MAY[fn.kind], expected, remedy: DEPLOY_DESTINATION });
    },
  });
