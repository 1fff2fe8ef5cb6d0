import type { LambdaConfigType } from "@aws-sdk/client-cognito-identity-provider";
import type { DestinationSettings } from "../../config/deployment";
import { demandsMembership } from "../../rules/token-function";
import type { Trigger } from "../../rules/triggers";
import { functionArnsOf, isOfFunction } from "../pools/stack-outputs";
import { type Check, defineCheck, type Finding, failed, passed, warning } from "./check";
import { type CheckedFunction, MIGRATING, TOKEN } from "./checked-function";
import type { Occasion } from "./occasion";

const FUNCTIONS = { migration: MIGRATING, token: TOKEN } as const;

/** The function that a trigger calls. Of the two members that one may have, the newer alone is enough. */
export const calledBy = (config: LambdaConfigType, { lambdaConfigKey, versioned }: Trigger): string | undefined =>
  config[lambdaConfigKey] ?? (versioned && config[versioned.lambdaConfigKey]?.LambdaArn);

/** Whether a trigger is one that only some settings want, and these do: then its own check speaks of whatever it calls. */
export const isWanted = (trigger: Trigger, settings: DestinationSettings): boolean =>
  occasionOf(trigger)?.isGiven(settings) ?? false;

const occasionOf = ({ function: kind }: Trigger): Occasion | undefined => (FUNCTIONS[kind] as CheckedFunction).occasion;

/** How `attach` is told to put it on. */
const OPTIONS = { migration: [], token: ["--groups"] } as const;

/** A trigger that calls somebody else's function. Another migration's would see passwords; a token function may do the same for us. */
const another = {
  migration: (name: string, arn: string, ours: string): Finding =>
    failed(`The destination's ${name} trigger calls another function, ${arn}.`, `Attach ${ours} in its place.`),
  token: (name: string, arn: string, _: string, isDemanded: boolean): Finding =>
    isDemanded
      ? failed(
          `The destination's ${name} trigger calls a function of its own, ${arn}. With GROUPS_OR_REFUSE nobody may arrive without the membership that the token function alone makes.`,
          "Take that trigger off the pool, or leave GROUPS_OR_REFUSE out and deploy the destination: withMigratedGroups makes nobody a member.",
        )
      : warning(
          `The destination's ${name} trigger calls a function of its own, ${arn}, and whether that adds the groups cannot be seen from here.`,
          "Let it call withMigratedGroups of the package: docs/package.md.",
        ),
} as const;

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

export const attached = (trigger: Trigger): Check => {
  const { name, function: kind } = trigger;
  const { calledFor, ...check } = trigger.check;
  const { noun } = FUNCTIONS[kind];
  const occasion = occasionOf(trigger);
  return defineCheck({
    ...check,
    title: `The destination calls this migration's ${noun} for ${calledFor}`,
    ...(occasion === undefined ? {} : { occasion }),
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
      if (!isOfFunction(arn, ours)) return another[kind](name, arn, ours, isDemanded);
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
