import type { DestinationSettings } from "../../config/deployment";
import { sourcePermissions, sourceTrustPolicy } from "../../rules/policies";
import { isSamePolicy } from "../../rules/policy-comparison";
import { defineCheck, failed, inTheme, listed, passed, skipped } from "./check";
import { roleFinding } from "./role-finding";

const TRUST = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html";
const EXTERNAL_ID = "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html";

const DEPLOY_SOURCE = "Deploy the source stack again, and take away what was added by hand.";

const trustPolicy = (settings: DestinationSettings): unknown =>
  sourceTrustPolicy({
    partition: settings.partition,
    destinationAccount: settings.userPool.account,
    lambdaRoleName: settings.names.lambdaRole,
    externalId: settings.externalId,
  });

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
    if (isSamePolicy(sourceRole.trustPolicy, trustPolicy(settings)))
      return passed(
        `The source role's trust policy names ${settings.names.lambdaRole} and the External ID, and nobody else.`,
      );
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
