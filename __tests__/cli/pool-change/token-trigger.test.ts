import * as v from "valibot";
import { decideAttach } from "../../../cli/attach/decide";
import { isObject, type Json, type JsonObject, valueAt } from "../../../cli/aws/json";
import { decideCutOver } from "../../../cli/cut-over/decide";
import { decideDetach, membershipsAtStake } from "../../../cli/detach/decide";
import { applySteps } from "../../../cli/pool-change/apply";
import type { Change, Snapshot } from "../../../cli/pool-change/change";
import { changesOf, planUpdates } from "../../../cli/pool-change/plan";
import { reversalOf, undoRecordSchema, undoText } from "../../../cli/pool-change/record";
import { commandLines } from "../../../config/command-lines";
import type { DestinationSettings } from "../../../config/deployment";

const ARN = "arn:aws:lambda:eu-central-1:222222222222:function:";
const [MIGRATION, TOKEN] = [`${ARN}cognito_migration_customers`, `${ARN}cognito_migration_token_customers`];
const THEIRS = `${ARN}theirs`;
const BOTH = { migration: MIGRATION, token: TOKEN };
const WHERE = {
  userPool: { partition: "aws", region: "eu-central-1", account: "222222222222" },
  names: { function: "cognito_migration_customers", token: { function: "cognito_migration_token_customers" } },
};
const of = (LambdaArn: string, LambdaVersion = "V1_0"): JsonObject => ({ LambdaArn, LambdaVersion });

/** What a pool may have for tokens, as DescribeUserPool tells it. */
const NONE: Readonly<Record<string, JsonObject | undefined>> = {
  "no LambdaConfig at all": undefined,
  "no trigger": {},
  "other triggers alone": { PreSignUp: THEIRS, CustomEmailSender: of(THEIRS) },
};
const OURS: Readonly<Record<string, JsonObject>> = {
  "ours by both names": { PreTokenGeneration: TOKEN, PreTokenGenerationConfig: of(TOKEN) },
  "ours by its old name": { PreTokenGeneration: TOKEN },
  "ours by its new name": { PreTokenGenerationConfig: of(TOKEN) },
  "ours with another event": { PreTokenGeneration: TOKEN, PreTokenGenerationConfig: of(TOKEN, "V2_0") },
  "ours with another event, by its new name": { PreTokenGenerationConfig: of(TOKEN, "V2_0") },
  "an alias of ours": { PreTokenGeneration: `${TOKEN}:live`, PreTokenGenerationConfig: of(`${TOKEN}:live`) },
  "a version of ours, by its new name": { PreTokenGenerationConfig: of(`${TOKEN}:7`) },
};
const ANOTHERS: Readonly<Record<string, JsonObject>> = {
  "theirs by both names": { PreTokenGeneration: THEIRS, PreTokenGenerationConfig: of(THEIRS) },
  "theirs by its old name": { PreTokenGeneration: THEIRS },
  "theirs with another event": { PreTokenGeneration: THEIRS, PreTokenGenerationConfig: of(THEIRS, "V2_0") },
  "theirs by its new name": { PreTokenGenerationConfig: of(THEIRS, "V3_0") },
  "one whose name begins like ours": { PreTokenGeneration: `${TOKEN}_2` },
  "the migrating function": { PreTokenGeneration: MIGRATION },
  "two, of which one is ours": { PreTokenGeneration: THEIRS, PreTokenGenerationConfig: of(TOKEN) },
};

const poolWith = (LambdaConfig: JsonObject | undefined): JsonObject => ({
  Id: "eu-central-1_Dest0001",
  Name: "customers",
  UserPoolTier: "LITE",
  ...(LambdaConfig && { LambdaConfig }),
});
const snapshot = (LambdaConfig: JsonObject | undefined): Snapshot => ({
  userPool: poolWith(LambdaConfig),
  clients: [],
});

/**
 * What Cognito calls when a token is due, by its page: both names are one setting, and the old one alone means the first event.
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_LambdaConfigType.html
 */
function called(config: Json): string {
  const { PreTokenGeneration: plain = null, PreTokenGenerationConfig: config2 = null } = isObject(config) ? config : {};
  if (isObject(config2)) return `${config2["LambdaArn"]} ${config2["LambdaVersion"]}`;
  return plain === null ? "nobody" : `${plain} V1_0`;
}

/** A Cognito that stores what it is sent, refuses two functions, and adds whichever name of the trigger is not there. */
function cognito(userPool: JsonObject) {
  const sent: JsonObject[] = [];
  const aws = {
    pool: userPool,
    sent,
    describe: async () => aws.pool,
    mfaConfig: async () => ({}),
    update: async (_: unknown, { UserPoolId, PoolName, ...request }: JsonObject) => {
      sent.push(request);
      const { LambdaConfig = {} } = request as { LambdaConfig?: JsonObject };
      const { PreTokenGeneration: plain, PreTokenGenerationConfig: config } = LambdaConfig;
      const named = config === undefined ? plain : valueAt(LambdaConfig, ["PreTokenGenerationConfig", "LambdaArn"]);
      if (plain !== undefined && plain !== named) throw new Error("InvalidParameterException");
      const token =
        named === undefined ? {} : { PreTokenGeneration: named, PreTokenGenerationConfig: config ?? of(String(named)) };
      aws.pool = {
        ...request,
        Id: UserPoolId ?? "",
        Name: PoolName ?? "",
        LambdaConfig: { ...LambdaConfig, ...token },
      };
    },
  };
  return aws;
}

/** Applies it to the end, and says how. */
async function apply(config: JsonObject | undefined, changes: readonly Change[], aws = cognito(poolWith(config))) {
  const plan = planUpdates({ userPool: aws.pool, clients: [] }, changes);
  expect(plan.problems).toEqual([]);
  const signal = new AbortController().signal;
  await applySteps(plan.steps, { port: aws, signal, undo: "undo", before: [], say: () => undefined });
  return { aws, plan, after: aws.pool["LambdaConfig"] ?? null };
}

/** As undo does it, from what is in the file. */
async function takeBack(aws: ReturnType<typeof cognito>, recorded: readonly Change[]) {
  const record = {
    version: 1,
    id: "1-attach",
    command: "attach",
    account: "222222222222",
    region: "eu-central-1",
    userPoolId: "eu-central-1_Dest0001",
    userPoolName: "customers",
    writtenAt: "2026-01-01T00:00:00.000Z",
    changes: recorded,
  };
  const { changes } = v.parse(undoRecordSchema, JSON.parse(JSON.stringify(record)));
  const reversals = [...changes]
    .reverse()
    .map((change) => reversalOf(change as Change, valueAt(aws.pool, change.path)));
  expect(reversals.filter(({ kind }) => kind === "conflict")).toEqual([]);
  const plan = reversals.flatMap((one) => (one.kind === "change" ? [one.change] : []));
  await apply(undefined, plan, aws);
}

const table = (shapes: Readonly<Record<string, JsonObject | undefined>>) => Object.entries(shapes);

describe("attach --groups", () => {
  const attach = (config: JsonObject | undefined, replace = false) =>
    decideAttach(snapshot(config), { token: TOKEN }, replace);

  test.each(table({ ...NONE, ...OURS }))(
    "onto a pool with %s has our function called, and undo brings back what was",
    async (_, config) => {
      const { changes, problems } = attach(config);
      expect(problems).toEqual([]);
      const { aws, plan, after } = await apply(config, changes);
      expect(called(after)).toBe(`${TOKEN} V1_0`);
      const { PreTokenGeneration: _1, PreTokenGenerationConfig: _2, ...others } = (after ?? {}) as JsonObject;
      const { PreTokenGeneration: _3, PreTokenGenerationConfig: _4, ...before } = config ?? {};
      expect(others).toEqual(before);
      await takeBack(aws, changesOf(plan));
      expect(called(aws.pool["LambdaConfig"] ?? null)).toBe(called(config ?? null));
    },
  );

  test.each(["ours by both names", "ours by its old name", "ours by its new name"])(
    "has nothing to do where there is %s",
    async (name) => {
      const { changes, warnings } = attach(OURS[name]);
      expect((await apply(OURS[name], changes)).aws.sent).toEqual([]);
      expect(warnings).toEqual([]);
    },
  );

  test.each([
    ["ours with another event", `The pool sends ${TOKEN} the event's version V2_0`],
    ["an alias of ours", `The pool calls ${TOKEN}:live, a version or alias`],
    ["a version of ours, by its new name", `The pool calls ${TOKEN}:7, a version or alias`],
  ])("says what gives way: %s", (name, said) => {
    expect(attach(OURS[name]).warnings).toEqual([expect.stringContaining(said)]);
  });

  test.each(table(ANOTHERS))(
    "is refused where there is %s, with --replace as well, and says what does the same",
    (_, config) => {
      for (const replace of [false, true])
        expect(attach(config, replace).problems).toEqual([
          expect.stringMatching(
            /a pre token generation trigger of its own, arn:\S+, and it stays[\s\S]*withMigratedGroups\(/,
          ),
        ]);
    },
  );

  test("attaches both in one update, and --replace is heard of the migration trigger alone", async () => {
    const decided = decideAttach(snapshot({ UserMigration: THEIRS }), BOTH, true);
    expect(decided.problems).toEqual([]);
    const { aws } = await apply({ UserMigration: THEIRS }, decided.changes);
    expect(aws.sent).toEqual([
      expect.objectContaining({
        LambdaConfig: { UserMigration: MIGRATION, PreTokenGeneration: TOKEN, PreTokenGenerationConfig: of(TOKEN) },
      }),
    ]);
    const own = { UserMigration: THEIRS, PreTokenGeneration: THEIRS };
    expect(decideAttach(snapshot(own), BOTH, true).problems).toHaveLength(1);
    expect(decideAttach(snapshot(own), BOTH, false).problems).toHaveLength(2);
  });

  test("without --groups nothing of it is touched, whatever there is", () => {
    for (const config of Object.values({ ...NONE, ...OURS, ...ANOTHERS }))
      expect(decideAttach(snapshot(config), { migration: MIGRATION }, true)).toMatchObject({
        changes: [{ path: ["LambdaConfig", "UserMigration"] }],
        problems: [],
        warnings: [],
      });
  });

  test("an update whose answer was lost has been made when Cognito calls our function, whichever names it tells", async () => {
    for (const told of [OURS["ours by both names"], OURS["ours by its old name"], OURS["ours by its new name"]]) {
      const said: string[] = [];
      const aws = cognito(poolWith({}));
      const port = {
        ...aws,
        update: async () => {
          aws.pool = poolWith(told);
          throw new Error("lost");
        },
      };
      const { steps } = planUpdates(snapshot({}), attach({}).changes);
      const signal = new AbortController().signal;
      await applySteps(steps, { port, signal, undo: "undo", before: [], say: (text) => said.push(text) });
      expect(said[0]).toContain("the update was made");
    }
  });
});

describe.each([
  ["detach", (config: JsonObject | undefined) => decideDetach(snapshot(config), BOTH)],
  ["cut-over", (config: JsonObject | undefined) => decideCutOver(snapshot(config), BOTH)],
])("%s", (_, decide) => {
  test.each(table(OURS))(
    "takes both off where there is %s, in one update, and undo brings both back",
    async (_name, tokens) => {
      const config = { PreSignUp: THEIRS, UserMigration: MIGRATION, ...tokens };
      const { changes, problems, warnings } = decide(config);
      expect(problems).toEqual([]);
      expect(warnings).toEqual([expect.stringContaining("The token function goes, too")]);
      const { aws, plan, after } = await apply(config, changes);
      expect(after).toEqual({ PreSignUp: THEIRS });
      expect(aws.sent).toHaveLength(1);
      await takeBack(aws, changesOf(plan));
      expect(aws.pool["LambdaConfig"]).toMatchObject({ UserMigration: MIGRATION });
      expect(called(aws.pool["LambdaConfig"] ?? null)).toBe(called(config));
    },
  );

  test.each(table({ ...NONE, ...ANOTHERS }))(
    "says and changes no more than before there was a token function: %s",
    (_name, tokens) => {
      const config = { UserMigration: MIGRATION, ...tokens };
      expect(decide(config)).toEqual({
        changes: [expect.objectContaining({ path: ["LambdaConfig", "UserMigration"], after: null })],
        problems: [],
        warnings: [],
      });
    },
  );

  test("is not held up by a migration trigger of somebody else", () => {
    const decided = decide({ UserMigration: THEIRS, ...OURS["ours by both names"] });
    expect(decided.problems).toEqual([]);
    expect(decided.warnings).toHaveLength(2);
    expect(decided.changes.map(({ path }) => path[1])).toEqual(["PreTokenGeneration", "PreTokenGenerationConfig"]);
  });
});

describe("detach --groups", () => {
  const detach = (config: JsonObject | undefined) => decideDetach(snapshot(config), { token: TOKEN });

  test.each(table(OURS))("takes it off where there is %s, and the migration goes on", async (_, tokens) => {
    const config = { UserMigration: MIGRATION, ...tokens };
    expect((await apply(config, detach(config).changes)).after).toEqual({ UserMigration: MIGRATION });
  });

  test.each(table(NONE))("has nothing to do with %s", async (_, config) => {
    const { changes, problems, warnings } = detach(config);
    expect([problems, warnings]).toEqual([[], []]);
    expect((await apply(config, changes)).aws.sent).toEqual([]);
  });

  test.each<[string, JsonObject, readonly string[], boolean]>([
    ["a migration that goes on", { UserMigration: MIGRATION }, ["suspended"], true],
    ["one by an alias", { UserMigration: `${MIGRATION}:live` }, ["suspended"], true],
    ["no migration", {}, ["suspended"], false],
    ["a migration of somebody else", { UserMigration: THEIRS }, ["suspended"], false],
    ["nobody who must be made a member", { UserMigration: MIGRATION }, [], false],
  ])("with %s", (_, config, groupsOrRefuse, isRefused) => {
    const settings = { ...WHERE, groupsOrRefuse } as unknown as DestinationSettings;
    const { problems } = membershipsAtStake(snapshot(config).userPool, settings, commandLines());
    expect(problems).toEqual(
      isRefused ? [expect.stringMatching(/GROUPS_OR_REFUSE is set and the migration goes on.*detach --apply/)] : [],
    );
  });

  test.each(table(ANOTHERS))("is refused where there is %s", (_, config) => {
    expect(detach(config)).toEqual({
      changes: [],
      problems: [expect.stringMatching(/^The pool's pre token generation trigger is \S+, not \S+token_customers\./)],
      warnings: [],
    });
  });
});

describe("an undo file", () => {
  const change = (name: string, value: unknown) => ({
    target: { kind: "user-pool", id: "eu-central-1_Dest0001", name: "customers" },
    path: ["LambdaConfig", name],
    before: null,
    after: value,
  });
  const reads = (one: object): boolean => v.is(undoRecordSchema.entries.changes, [one]);

  test("of before there was a token function is read", () => {
    expect(reads(change("UserMigration", MIGRATION))).toBe(true);
  });

  test("holds a function with the version of its event and nothing beside it", () => {
    expect(reads(change("PreTokenGenerationConfig", of(TOKEN)))).toBe(true);
    expect(reads(change("PreTokenGenerationConfig", { LambdaArn: TOKEN }))).toBe(false);
    expect(reads(change("PreTokenGenerationConfig", { ...of(TOKEN), More: "yes" }))).toBe(false);
    expect(reads(change("CustomEmailSender", of(TOKEN)))).toBe(false);
  });

  test("says once that another's function comes back, whichever of its names it has", () => {
    const changes = [
      { ...change("PreTokenGeneration", null), before: THEIRS },
      { ...change("PreTokenGenerationConfig", null), before: of(THEIRS) },
    ] as unknown as Change[];
    expect(undoText({ id: "1", changes }, BOTH, commandLines()).split("\n")[1]).toBe(
      `That puts ${THEIRS} back onto the pool, and takes --replace as well.`,
    );
    const ours = changes.map((one) => ({ ...one, before: isObject(one.before) ? of(`${TOKEN}:live`) : TOKEN }));
    expect(undoText({ id: "1", changes: ours }, BOTH, commandLines())).not.toContain("--replace");
  });
});
