import {
  lambdaPermissions,
  lambdaTrustPolicy,
  sourcePermissions,
  sourceTrustPolicy,
  tokenPermissions,
} from "../../rules/policies";
import { isSamePolicy } from "../../rules/policy-comparison";
import { OR_SET_OUTPUTS } from "../pools/stack-outputs";
import { type Check, defineCheck, type Finding, failed, inTheme, listed, passed, skipped, warning } from "./check";
import { type CheckedFunction, checkOf, DEPLOY } from "./checked-function";
import type { RoleFacts } from "./facts";

/**
 * Whether a role may do what it should, and nothing else. A boundary allows nothing by itself; it can only take away.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
 */
function roleFinding(
  { permissions, attached, permissionsBoundary }: RoleFacts,
  { whose, may, expected, remedy }: { whose: string; may: string; expected: unknown; remedy: string },
): Finding {
  if (attached.length > 0) return failed(`${whose} has managed policies: ${listed(attached)}.`, remedy);
  if (permissions.length !== 1)
    return failed(`${whose} has ${permissions.length} inline policies instead of one.`, remedy);
  if (!isSamePolicy(permissions[0], expected))
    return failed(
      `The policy of ${whose[0]?.toLowerCase()}${whose.slice(1)} is not the one that the stack makes.`,
      remedy,
    );
  if (permissionsBoundary === undefined) return passed(`${whose} may ${may}, and nothing else.`);
  return warning(
    `${whose} has the stack's policy, but its permissions boundary ${permissionsBoundary} was not evaluated, and may refuse what that allows.`,
    "Look whether the boundary allows these actions, or take it away.",
  );
}

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
    own: ["functionRole"],
    decide: ({ functionRole: role }, { settings, outputs: { roleArn: sourceRoleArn } }) => {
      const whose = `The ${fn.noun}'s role`;
      if (role === undefined) return failed(`${whose} is not there.`, DEPLOY);
      const { partition, region, account } = settings.userPool;
      const names = fn.namesOf(settings);
      const arn = `arn:${partition}:iam::${account}:role/${names.role}`;
      if (role.arn !== arn) return failed(`${whose} is ${role.arn} instead of ${arn}.`, DEPLOY_DESTINATION);
      if (!isSamePolicy(role.trustPolicy, lambdaTrustPolicy()))
        return failed(`Others than Lambda may assume the ${fn.noun}'s role, or Lambda may not.`, DEPLOY_DESTINATION);
      const logGroupArn = `arn:${partition}:logs:${region}:${account}:log-group:${names.logGroup}`;
      const being = { whose, may: MAY[fn.kind], remedy: DEPLOY_DESTINATION };
      if (fn.kind === "token") {
        const { groupsMode, migratedEventBusArn: eventBusArn } = settings;
        const userPoolArn = groupsMode === "token+member" ? settings.userPool.arn : undefined;
        return roleFinding(role, { ...being, expected: tokenPermissions({ logGroupArn, userPoolArn, eventBusArn }) });
      }
      if (sourceRoleArn === undefined)
        return skipped("The source role's ARN is not known.", `Mend source-reachable first, ${OR_SET_OUTPUTS}.`);
      return roleFinding(role, { ...being, expected: lambdaPermissions({ sourceRoleArn, logGroupArn }) });
    },
  });

const TRUST = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html";
const EXTERNAL_ID = "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html";

const DEPLOY_SOURCE = "Deploy the source stack again, and take away what was added by hand.";

const trust = defineCheck({
  id: "source-role-trust",
  title: "The source role's trust policy is the stack's: this function's role alone, with the External ID",
  otherwise: "The function cannot assume the role, or somebody else can.",
  source: TRUST,
  needs: ["sourceRole"],
  decide: ({ sourceRole, settings, outputs: { roleArn } }) => {
    if (sourceRole === undefined) return failed("The source role is not there.", "Deploy the source stack.");
    if (sourceRole.arn !== roleArn)
      return failed(
        `The function is given ${roleArn}, and these credentials find ${sourceRole.arn}.`,
        "Use credentials of the source account, and look who has written the source stack's output role_arn, or SOURCE_ROLE_ARN.",
      );
    const { partition, externalId, userPool, names } = settings;
    const { lambdaRole: lambdaRoleName } = names;
    const expected = { partition, destinationAccount: userPool.account, lambdaRoleName, externalId };
    if (isSamePolicy(sourceRole.trustPolicy, sourceTrustPolicy(expected)))
      return passed(`The source role's trust policy names ${lambdaRoleName} and the External ID, and nobody else.`);
    return failed(
      "The source role's trust policy is not the one that the stack makes for these settings.",
      DEPLOY_SOURCE,
    );
  },
});

const sourcePermissionsCheck = defineCheck({
  id: "source-role-permissions",
  title: "The source role may prove passwords and read profiles in the source pool, and nothing else",
  otherwise: "The function is refused at the source, or can do more there than it should.",
  source: "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncognitouserpools.html",
  needs: ["sourceRole", "source"],
  decide: ({ sourceRole, source: { Arn = "" }, outputs: { roleArn } }) => {
    if (sourceRole === undefined) return skipped("The source role is not there.", "Deploy the source stack.");
    if (sourceRole.arn !== roleArn)
      return skipped(`${sourceRole.arn} is not the role that the function is given.`, "Mend source-role-trust first.");
    return roleFinding(sourceRole, {
      whose: "The source role",
      may: "call AdminInitiateAuth and AdminGetUser in the source pool",
      expected: sourcePermissions(Arn),
      remedy: DEPLOY_SOURCE,
    });
  },
});

const closed = defineCheck({
  id: "source-role-closed",
  title: "Others in the destination account cannot assume the source role",
  otherwise: "Anybody who learns the External ID can try passwords at the source.",
  source: TRUST,
  needs: ["operatorAssumes"],
  decide: ({ operatorAssumes: { withExternalId, withoutExternalId, withAnotherExternalId } }) => {
    const open = [
      ...(withExternalId === "assumed" ? ["with the External ID"] : []),
      ...(withoutExternalId === "assumed" ? ["without it"] : []),
      ...(withAnotherExternalId === "assumed" ? ["with another one"] : []),
    ];
    if (open.length === 0)
      return passed(
        "STS refused the source role to these credentials, with the External ID and without. Credentials that may assume nothing are refused, too.",
      );
    return failed(`These credentials could assume the source role ${listed(open)}.`, DEPLOY_SOURCE);
  },
});

const assumable = defineCheck({
  id: "source-role-assumable",
  title: "The function's role can assume the source role with the External ID, and cannot without it",
  otherwise: "Every migration fails, or the External ID protects nothing.",
  source: EXTERNAL_ID,
  needs: ["functionAssumes"],
  decide: ({ functionAssumes: { withExternalId, withoutExternalId, withAnotherExternalId } }) => {
    if (withExternalId !== "assumed")
      return failed(
        "STS refuses the source role to the function's role.",
        "Deploy both stacks again, with the same EXTERNAL_ID.",
      );
    return withoutExternalId === "assumed" || withAnotherExternalId === "assumed"
      ? failed("STS gives the source role for any External ID, or none.", DEPLOY_SOURCE)
      : passed(
          "STS gave the function's role the source role with the External ID, and refused without it and with another one.",
        );
  },
});

export const SOURCE_ROLE_CHECKS = inTheme("Source role", [trust, sourcePermissionsCheck, closed, assumable]);
