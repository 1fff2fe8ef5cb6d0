import type { LambdaConfigType } from "@aws-sdk/client-cognito-identity-provider";
import { isOfFunction, lambdaArnOf } from "../pools/stack-outputs";
import { type Check, defineCheck, failed, listed, passed, warning } from "./check";

const TRIGGERS =
  "https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html";

/** What each trigger does to a migration, by the name that LambdaConfig has for it. */
type SideEffects = Readonly<Partial<Record<keyof LambdaConfigType, string>>>;

/** AdminInitiateAuth runs these: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminInitiateAuth.html */
const AT_SOURCE: SideEffects = {
  PreAuthentication: "runs for each password that is proven, and can refuse it",
  PostAuthentication: "runs for each proven password, as for a sign-in of the user",
  PreTokenGeneration: "runs for each proven password; its tokens are dropped",
};

const AT_DESTINATION: SideEffects = {
  PreSignUp: "has been seen to run for migrated users, which AWS does not document; it must let them pass",
  PreAuthentication: "runs before the user migrates, and may not find the user",
  PostAuthentication: "runs at the first sign-in",
  PreTokenGeneration: "runs at the first sign-in",
  PostConfirmation: "runs when a migrated user has set a new password with a code",
};

function sideEffects(given: LambdaConfigType, effects: SideEffects): string[] {
  // The newer member alone is enough.
  const config = {
    ...given,
    PreTokenGeneration: given.PreTokenGeneration ?? given.PreTokenGenerationConfig?.LambdaArn,
  };
  return Object.entries(effects)
    .filter(([name]) => config[name as keyof LambdaConfigType] !== undefined)
    .map(([name, effect]) => `${name} ${effect}`);
}

const migrationTrigger = defineCheck({
  id: "migration-trigger",
  theme: "Triggers",
  title: "The destination calls this migration's function for users it does not know",
  otherwise: "Nobody migrates.",
  source: "https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-migrate-user.html",
  needs: ["destination"],
  decide: ({ destination: { LambdaConfig = {} }, settings, commands }) => {
    const ours = lambdaArnOf(settings);
    const arn = LambdaConfig.UserMigration;
    if (arn === undefined)
      return warning(
        "The destination has no user migration trigger yet.",
        `Attach ${ours}: ${commands.program("attach")}, or docs/deploy.md, "Attach the trigger in code".`,
      );
    const remedy = `Attach ${ours} in its place.`;
    if (!isOfFunction(arn, ours))
      return failed(`The destination's user migration trigger calls another function, ${arn}.`, remedy);
    return arn === ours
      ? passed(`The destination's user migration trigger calls ${arn}.`)
      : warning(
          `The destination's user migration trigger calls ${arn}, as it was when that version was published; what is checked here is ${ours}.`,
          remedy,
        );
  },
});

const sourceTriggers = defineCheck({
  id: "source-triggers",
  theme: "Triggers",
  title: "No trigger of the source takes part in proving a password",
  otherwise: "Each migration is a sign-in at the source: its triggers run, may refuse, and take from the five seconds.",
  source: TRIGGERS,
  needs: ["source"],
  decide: ({ source: { LambdaConfig = {} }, settings }) => {
    const { UserMigration: arn } = LambdaConfig;
    if (arn !== undefined && isOfFunction(arn, lambdaArnOf(settings)))
      return failed(
        "The source's own user migration trigger is this migration's function: it would ask itself.",
        "Take the trigger away from the source.",
      );
    const effects = [
      ...sideEffects(LambdaConfig, AT_SOURCE),
      ...(arn === undefined ? [] : ["UserMigration runs for each name that the source does not know"]),
    ];
    return effects.length === 0
      ? passed("No trigger of the source runs when a password is proven.")
      : warning(
          `At the source ${listed(effects)}.`,
          "Let the triggers pass the app client of the migration (callerContext.clientId).",
        );
  },
});

const destinationTriggers = defineCheck({
  id: "destination-triggers",
  theme: "Triggers",
  title: "No other trigger of the destination meets a user who migrates",
  otherwise: "A trigger that expects known or newly registered users refuses them.",
  source: TRIGGERS,
  needs: ["destination"],
  decide: ({ destination: { LambdaConfig = {} } }) => {
    const effects = sideEffects(LambdaConfig, AT_DESTINATION);
    return effects.length === 0
      ? passed("No other trigger of the destination runs for a user who migrates.")
      : warning(`At the destination ${listed(effects)}.`, "Try it with one user of the source before everyone comes.");
  },
});

export const TRIGGER_CHECKS: readonly Check[] = [migrationTrigger, sourceTriggers, destinationTriggers];
