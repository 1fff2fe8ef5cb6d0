import type { LambdaConfigType } from "@aws-sdk/client-cognito-identity-provider";
import type { DestinationSettings } from "../../config/deployment";
import { demandsMembership, hasTokenFunction } from "../../rules/token-function";
import { type FunctionKind, PRE_TOKEN_GENERATION, TRIGGERS, type Trigger, USER_MIGRATION } from "../../rules/triggers";
import { functionArnsOf, isOfFunction } from "../pools/stack-outputs";
import { type Check, defineCheck, type Finding, failed, inTheme, listed, passed, warning } from "./check";
import { type CheckedFunction, MIGRATING, TOKEN } from "./checked-function";

const FUNCTIONS: Readonly<Record<FunctionKind, CheckedFunction>> = { migration: MIGRATING, token: TOKEN };

/** The function that a trigger calls. Of the two members that one may have, the newer alone is enough. */
const calledBy = (config: LambdaConfigType, { lambdaConfigKey, versioned }: Trigger): string | undefined =>
  config[lambdaConfigKey] ?? (versioned && config[versioned.lambdaConfigKey]?.LambdaArn);

/** Whether a trigger is one that only some settings want, and these do: then its own check speaks of whatever it calls. */
const isWanted = ({ function: kind }: Trigger, settings: DestinationSettings): boolean =>
  FUNCTIONS[kind].occasion?.isGiven(settings) ?? false;

/** How `attach` is told to put it on. */
const OPTIONS = { migration: [], token: ["--groups"] } as const;

/** A trigger that calls somebody else's function. Another migration's would see passwords; a token function may do the same for us. */
function another({ name, function: kind }: Trigger, arn: string, ours: string, isDemanded: boolean): Finding {
  const calls = `The destination's ${name} trigger calls`;
  if (kind === "migration") return failed(`${calls} another function, ${arn}.`, `Attach ${ours} in its place.`);
  return isDemanded
    ? failed(
        `${calls} a function of its own, ${arn}. With GROUPS_OR_REFUSE nobody may arrive without the membership that the token function alone makes.`,
        "Take that trigger off the pool, or leave GROUPS_OR_REFUSE out and deploy the destination: withMigratedGroups makes nobody a member.",
      )
    : warning(
        `${calls} a function of its own, ${arn}, and whether that adds the groups cannot be seen from here.`,
        "Let it call withMigratedGroups of the package: docs/package.md.",
      );
}

/** A newer event has another form of answer, in which what the function says is not heard. */
function versionFinding({ name, versioned }: Trigger, config: LambdaConfigType): Finding | undefined {
  const { LambdaVersion } = (versioned && config[versioned.lambdaConfigKey]) ?? {};
  if (versioned === undefined || LambdaVersion === undefined || LambdaVersion === versioned.lambdaVersion)
    return undefined;
  return failed(
    `The destination's ${name} trigger sends events of version ${LambdaVersion}, which the function does not answer.`,
    `Set ${versioned.lambdaConfigKey} to version ${versioned.lambdaVersion}.`,
  );
}

const attached = (trigger: Trigger): Check => {
  const { name, function: kind } = trigger;
  const { calledFor, ...check } = trigger.check;
  const { noun, occasion } = FUNCTIONS[kind];
  return defineCheck({
    ...check,
    title: `The destination calls this migration's ${noun} for ${calledFor}`,
    ...(occasion && { occasion }),
    needs: ["destination"],
    decide: ({ destination: { LambdaConfig = {} }, settings, commands }) => {
      const ours = functionArnsOf(settings)[kind];
      const arn = calledBy(LambdaConfig, trigger);
      const isDemanded = kind === "token" && demandsMembership(settings);
      if (arn === undefined)
        return (isDemanded ? failed : warning)(
          `The destination has no ${name} trigger yet${isDemanded ? ", and with GROUPS_OR_REFUSE nobody may arrive before it has" : ""}.`,
          `Attach ${ours}: ${commands.program("attach", ...OPTIONS[kind])}, or docs/deploy.md, "Attach the trigger in code".`,
        );
      if (!isOfFunction(arn, ours)) return another(trigger, arn, ours, isDemanded);
      const version = versionFinding(trigger, LambdaConfig);
      if (version !== undefined) return version;
      if (arn === ours) return passed(`The destination's ${name} trigger calls ${arn}.`);
      return warning(
        `The destination's ${name} trigger calls ${arn}, as it was when that version was published; what is checked here is ${ours}.`,
        `Attach ${ours} in its place.`,
      );
    },
  });
};

/** Cognito calls it when somebody who has signed up is confirmed, and after the code of a forgotten password: a migration is neither. */
const postConfirmation = defineCheck({
  id: "post-confirmation",
  title: "No PostConfirmation trigger of the destination makes what applications need of each user",
  otherwise:
    "An application that makes its own record of a user there has none of users who migrate, and fails for them.",
  source: "https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-post-confirmation.html",
  needs: ["destination"],
  decide: ({ destination: { LambdaConfig = {} } }) =>
    LambdaConfig.PostConfirmation === undefined
      ? passed("The destination has no PostConfirmation trigger that users who migrate would miss.")
      : warning(
          "The destination has a PostConfirmation trigger. Cognito does not call it for a user who migrates, except after the code of a forgotten password.",
          "Let the application make what is missing at a user's first request, or do it in a PostAuthentication or PreTokenGeneration trigger. All must bear to be called twice.",
        ),
});

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
  postConfirmation,
]);
