import type { LambdaConfigType } from "@aws-sdk/client-cognito-identity-provider";
import type { DestinationSettings } from "../../config/deployment";
import { hasTokenFunction } from "../../rules/token-function";
import { PRE_TOKEN_GENERATION, TRIGGERS, type Trigger, USER_MIGRATION } from "../../rules/triggers";
import { functionArnsOf, isOfFunction } from "../pools/stack-outputs";
import { attached, calledBy, isWanted } from "./attached-check";
import { defineCheck, failed, inTheme, listed, passed, warning } from "./check";
import { POST_CONFIRMATION_CHECK } from "./post-confirmation-check";

const ALL_TRIGGERS =
  "https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html";

/** What each trigger does to a migration, by the name that LambdaConfig has for it. */
type SideEffects = Readonly<Partial<Record<keyof LambdaConfigType, string>>>;

/** AdminInitiateAuth runs these: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminInitiateAuth.html */
const AT_SOURCE: SideEffects = {
  PreAuthentication: "runs for each password that is proven, and can refuse it",
  PostAuthentication: "runs for each proven password, as for a sign-in of the user",
  PreTokenGeneration: "runs for each proven password; its tokens are dropped",
  [USER_MIGRATION.lambdaConfigKey]: "runs for each name that the source does not know",
};

/**
 * PreSignUp: a sign-in hands its ClientMetadata to Pre sign-up, too, which can only be that of a user who is made by a migration:
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_InitiateAuth.html. The others are in the table of
 * {@link ALL_TRIGGERS}. PostConfirmation has a check of its own.
 */
const AT_DESTINATION: SideEffects = {
  PreSignUp: "runs when a user who migrates is created, and must let the user pass",
  PreAuthentication: "runs for a user who is not there yet (userNotFound), and must not refuse the user",
  PostAuthentication: "runs at the first sign-in, of which AWS does not say that it is so in managed login",
  PreTokenGeneration: "runs at the first sign-in",
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

/** Those of ours that call the function of this migration that answers them. */
const ownTriggers = (config: LambdaConfigType, settings: DestinationSettings): readonly Trigger[] =>
  TRIGGERS.filter((trigger) =>
    isOfFunction(calledBy(config, trigger) ?? "", functionArnsOf(settings)[trigger.function]),
  );

const sourceTriggers = defineCheck({
  id: "source-triggers",
  title: "No trigger of the source takes part in proving a password",
  otherwise: "Each migration is a sign-in at the source: its triggers run, may refuse, and take from the five seconds.",
  source: ALL_TRIGGERS,
  needs: ["source"],
  decide: ({ source: { LambdaConfig = {} }, settings }) => {
    const [own] = ownTriggers(LambdaConfig, settings);
    if (own !== undefined)
      return failed(
        `The source's own ${own.name} trigger is this migration's function: it would ask itself.`,
        "Take the trigger away from the source.",
      );
    const effects = sideEffects(LambdaConfig, AT_SOURCE);
    if (effects.length === 0) return passed("No trigger of the source runs when a password is proven.");
    return warning(
      `At the source ${listed(effects)}.`,
      "Let the triggers pass the app client of the migration (callerContext.clientId).",
    );
  },
});

const destinationTriggers = defineCheck({
  id: "destination-triggers",
  title: "No other trigger of the destination meets a user who migrates",
  otherwise: "A trigger that expects known or newly registered users refuses them.",
  source: ALL_TRIGGERS,
  needs: ["destination"],
  decide: ({ destination: { LambdaConfig = {} }, settings, commands }) => {
    const own = ownTriggers(LambdaConfig, settings);
    if (own.includes(PRE_TOKEN_GENERATION) && !hasTokenFunction(settings))
      return failed(
        `The destination's ${PRE_TOKEN_GENERATION.name} trigger calls this migration's token function, and the settings ask for none: with the deploy that deletes it every sign-in of the pool fails.`,
        `Take it off before any deploy: ${commands.program("detach", "--groups", "--apply")}.`,
      );
    const checked: readonly string[] = TRIGGERS.filter(
      (trigger) => own.includes(trigger) || isWanted(trigger, settings),
    ).map(({ lambdaConfigKey }) => lambdaConfigKey);
    const others = Object.entries(AT_DESTINATION).filter(([name]) => !checked.includes(name));
    const effects = sideEffects(LambdaConfig, Object.fromEntries(others));
    if (effects.length === 0) return passed("No other trigger of the destination runs for a user who migrates.");
    return warning(
      `At the destination ${listed(effects)}.`,
      "Try it with one user of the source before everyone comes.",
    );
  },
});

export const TRIGGER_CHECKS = inTheme("Triggers", [
  ...TRIGGERS.map(attached),
  sourceTriggers,
  destinationTriggers,
  POST_CONFIRMATION_CHECK,
]);
