import type { DestinationSettings } from "../../config/deployment";
import { USER_MIGRATION } from "../../rules/triggers";
import type { ConfirmedPools } from "../pools/confirmed-pools";
import { handedOnName, poolRules } from "../pools/pool-rules";
import { isOfFunction, lambdaArnOf } from "../pools/stack-outputs";
import { readStampKeys, type StampFacts } from "../pools/stamp-keys";
import type { Context } from "../program/command";
import type { Facts, LogFacts } from "./facts";
import { readLog } from "./log";
import { LookUp } from "./look-up";
import { personsOf } from "./match";
import { namesToType } from "./names";
import { expectedRules, readFunctionFacts } from "./read-function";

/** Reads whatever tells of one person. Nothing is changed, and no password is used. */
export async function gather(
  name: string,
  since: string | undefined,
  places: ConfirmedPools,
  context: Context,
): Promise<Facts> {
  const { source, destination } = places;
  const { signal, commands } = context;
  const settings = context.deployment().destination as DestinationSettings;
  const rules = poolRules(source.userPool, destination.userPool, settings);
  const lookUp = new LookUp(places, rules, signal);
  const fn = await readFunctionFacts(destination, settings.names.function, expectedRules(places, settings, rules));
  const trigger = destination.userPool.LambdaConfig?.[USER_MIGRATION.lambdaConfigKey];
  const found = {
    name,
    commands,
    rules,
    sourceMfaConfiguration: source.userPool.MfaConfiguration ?? "OFF",
    destinationUserPoolId: destination.side.userPoolId,
    trigger: trigger === undefined ? "none" : isOfFunction(trigger, lambdaArnOf(settings)) ? "attached" : "another",
    function: fn,
    ...(await lookUp.everybody(name)),
  } as const;
  const log: LogFacts =
    fn.kind === "read"
      ? await readLog(destination, namesInLog(found), fn.logUserKey, {
          settings,
          since,
          now: context.now(),
          signal,
          commands,
        })
      : {
          because: `the key of its hashes is not known: ${fn.kind === "absent" ? "the function is not there" : fn.because}`,
        };
  const stamps = settings.migrationStamp === "on" ? await readStampKeys(destination, settings.names) : undefined;
  const { groupsMode, groupsWindow } = settings;
  return {
    ...found,
    stamps: stamps?.kind === "on" ? { keys: stamps, groupsMode, groupsWindow } : undefined,
    now: context.now(),
    log,
    unread: [
      ...lookUp.unread,
      ...unreadOf(stamps),
      fn.kind === "unread" && `The function's environment; the settings here stand in for it. ${fn.because}`,
      "because" in log && `The function's log: ${log.because}`,
    ].filter((one) => one !== false),
  };
}

function unreadOf(stamps: StampFacts | undefined): readonly string[] {
  if (stamps?.kind === "unread") return [`Stamps. ${stamps.because}`];
  return stamps?.kind === "on" ? stamps.unread : [];
}

/** Names that the person may have typed, as they reach the function. */
function namesInLog(found: Pick<Facts, "name" | "source" | "destination" | "rules">): readonly string[] {
  const { person, there } = personsOf(found);
  const { typed } = found.destination;
  const names = [
    found.name,
    ...[person, there, typed].flatMap((user) => (user === undefined ? [] : namesToType(user))),
  ];
  return [...new Set(names.flatMap((one) => [handedOnName(one, found.rules), one]))];
}
