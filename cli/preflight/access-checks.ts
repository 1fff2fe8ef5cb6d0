import type { SideName } from "../aws/side";
import { type Check, defineCheck, failed, inTheme, passed, warning } from "./check";

function reachable(side: SideName, settings: string): Check {
  return defineCheck({
    id: `${side}-reachable`,
    title: `The ${side} user pool answers these credentials, in the account that the settings name`,
    otherwise: "Nothing else about this side can be checked.",
    source: "https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DescribeUserPool.html",
    needs: [],
    decide: ({ reach }) => {
      const { account, expectedAccount, problem } = reach[side];
      if (problem !== undefined)
        return failed(
          problem.found,
          problem.remedy ?? `Look at ${settings} and ${side.toUpperCase()}_PROFILE: whose credentials are these?`,
        );
      return expectedAccount === undefined
        ? warning(
            `The ${side} user pool answers, in account ${account}, which no setting confirms.`,
            `Set ${side.toUpperCase()}_ACCOUNT, so that no stack is deployed to another account.`,
          )
        : passed(`The ${side} user pool answers, in account ${account}, as the settings say.`);
    },
  });
}

export const ACCESS_CHECKS = inTheme("Access", [
  reachable("source", "SOURCE_USER_POOL_ID, SOURCE_REGION, SOURCE_ACCOUNT"),
  reachable("destination", "DESTINATION_USER_POOL_ARN"),
]);
