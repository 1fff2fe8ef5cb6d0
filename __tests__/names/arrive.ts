import { createHmac } from "node:crypto";
import type { UserType } from "@aws-sdk/client-cognito-identity-provider";
import { compareUsers } from "../../cli/import/compare-users";
import { importRules } from "../../cli/import/rules";
import { type CarryingSettings, type PoolRules, poolRules } from "../../cli/pools/pool-rules";
import { UserCount } from "../../cli/status/progress-so-far";
import { sourceUserPool } from "../../handler/aws/source-user-pool";
import type { HandlerSettings } from "../../rules/function-environment";
import type { MigrationRules } from "../../rules/hand-over";
import { migrateUser, type SourceUserPool } from "../../rules/migrate-user";
import type { TriggerAnswer } from "../../sandbox/aws/trigger-invocation";
import type { UserPool } from "../../sandbox/aws/user-pool/user-pool";
import { CLIENT, clientOf, described, listed } from "./pools";
import type { World } from "./worlds";

/** The only file here that knows how the program decides about names: as a function, in an import, and when it counts. */
export interface Program {
  /** The user migration trigger. */
  readonly trigger: (event: object) => Promise<TriggerAnswer>;
  /** The file of the import job that is to be run now. */
  readonly importFile: () => Promise<string>;
  /** Of each user of the source, by `sub`, as whom of the destination it is counted: a position in ListUsers. */
  readonly counted: () => Promise<ReadonlyMap<string, number>>;
}

const DAY_MS = 86_400_000;

/** What the program is told beside what the pools say of themselves. */
export interface Settings extends Pick<World, "carriesSub" | "tellsAliases" | "tellsCase"> {
  readonly attributeExclude?: readonly string[];
}

const settingsOf = ({ carriesSub, attributeExclude }: Settings): CarryingSettings => ({
  attributeMap: new Map(carriesSub ? [["sub", "custom:source_sub"]] : []),
  attributeExclude: new Set(attributeExclude),
});

/** @param destination Asked later: the pool's trigger is made before the pool. */
export function program(settings: Settings, source: UserPool, destination: () => UserPool): Program {
  const connection = connected(source);
  // What a pool tells of itself stays as it is.
  let ofPools: Promise<PoolRules> | undefined;
  const rules = (): Promise<PoolRules> => {
    ofPools ??= rulesOf(settings, source, destination());
    return ofPools;
  };
  return {
    trigger: async (event) => {
      const { request, ...given } = event as MigrationEvent;
      const told = handlerRules(settings, destination(), await rules());
      const decision = await migrateUser({ ...given, password: request.password }, told, connection, {
        createHmac,
        nowSeconds: 0,
      });
      const response = "response" in decision ? decision.response : {};
      return { kind: "returned", payload: { ...event, response } };
    },
    importFile: () => importFile(settings, source, destination()),
    counted: async () => counted(await rules(), await listed(source), await listed(destination())),
  };
}

interface MigrationEvent {
  readonly triggerSource: string;
  readonly userPoolId: string;
  readonly userName: string;
  readonly request: { readonly password: string | undefined };
}

function connected(source: UserPool): SourceUserPool {
  const settings = { sourceUserPoolId: source.id, sourceAppClientId: CLIENT } as HandlerSettings;
  const { signal } = new AbortController();
  return sourceUserPool(settings, clientOf(source), () => ({ signal, leftMs: () => 4000, calls: [] }));
}

const rulesOf = async (settings: Settings, source: UserPool, destination: UserPool): Promise<PoolRules> =>
  poolRules(await described(source), await described(destination), settingsOf(settings));

/** As the stacks tell them to the function. */
function handlerRules({ tellsAliases, tellsCase }: Settings, { id }: UserPool, rules: PoolRules): MigrationRules {
  return {
    ...rules,
    sourceUserPoolId: "eu-west-1_Source001",
    destinationUserPoolId: id,
    destinationAliasAttributes: tellsAliases ? rules.destinationAliasAttributes : undefined,
    // What it is unless it is set.
    destinationCaseSensitive: tellsCase ? rules.destinationCaseSensitive : true,
    forgotPassword: "migrate",
    unprovenPassword: "migrate",
    sourceMfaConfiguration: "OFF",
    mfaPolicy: "reject",
  };
}

async function importFile(settings: Settings, source: UserPool, destination: UserPool): Promise<string> {
  const place = async (name: string, pool: UserPool) => ({
    side: { name, userPoolId: pool.id },
    userPool: await described(pool),
    aws: { cognito: () => clientOf(pool) },
  });
  const places = {
    source: await place("source", source),
    destination: await place("destination", destination),
  } as never;
  const rules = await importRules(places, settingsOf(settings) as never);
  const rows: string[] = [];
  const terminal = { isWatched: false };
  const context = { terminal, signal: new AbortController().signal } as never;
  await compareUsers({ context, places, turn: async () => undefined }, rules, {
    row: ({ line }) => rows.push(line),
    leftOut: () => undefined,
  });
  return [rules.header.join(","), ...rows].join("\n");
}

/** Each user of the destination gets a day of its own, so that the day says who was counted. */
function counted(
  rules: PoolRules,
  source: readonly UserType[],
  destination: readonly UserType[],
): ReadonlyMap<string, number> {
  const count = new UserCount(rules, { source: source.length, destination: destination.length });
  const dated = destination.map((user, day) => {
    const date = new Date(day * DAY_MS);
    return { ...user, UserCreateDate: date, UserLastModifiedDate: date };
  });
  count.addDestination(dated);
  if (count.needsClaims) count.addClaims(source);
  const found = new Map<string, number>();
  let before = count.result().byDay;
  for (const user of source) {
    count.addSource([user]);
    const after = count.result().byDay;
    const sub = user.Attributes?.find(({ Name }) => Name === "sub")?.Value ?? "";
    for (const [day, users] of after) if (users !== before.get(day)) found.set(sub, Date.parse(day) / DAY_MS);
    before = after;
  }
  return found;
}
