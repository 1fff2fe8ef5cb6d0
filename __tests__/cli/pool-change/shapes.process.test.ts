import { attachCommand } from "../../../cli/attach/command";
import type { JsonObject } from "../../../cli/aws/json";
import { cutOverCommand } from "../../../cli/cut-over/command";
import { detachCommand } from "../../../cli/detach/command";
import type { Command } from "../../../cli/program/command";
import { undoCommand } from "../../../cli/undo/command";
import { type Ended, FUNCTION_ARN, type InProcess, openInProcess } from "../../support/in-process";
import { type RawPool, RawPools, withDaysToldTwice } from "../../support/raw-pool";
import { SHAPES, type Shape } from "./shapes";

let pools: RawPools;
let operator: InProcess;
beforeAll(async () => {
  operator = await openInProcess((operation, body) => pools.answer(operation, body));
});
afterAll(() => operator.close());

const APPLY = { apply: true };
const start = ({ pool, clients, mfa, habits }: Shape): void => {
  operator.forget();
  pools = new RawPools(structuredClone({ pool, clients: [...clients], mfa }), habits);
};
const ids = (): string[] => pools.state.clients.map(({ ClientId }) => String(ClientId));
const run = (command: Command, args: Readonly<Record<string, unknown>> = APPLY): Promise<Ended> =>
  operator.run(command, command === attachCommand ? { client: ids(), ...args } : args);
const done = async (command: Command, args?: Readonly<Record<string, unknown>>): Promise<string> => {
  const { status, text } = await run(command, args);
  expect([status, text]).toEqual([0, text]);
  return text;
};

/** Every member of everything, but for what moves with each update; no trigger may be told as none, or as an empty list of them. */
const raw = ({ pool, clients, mfa }: RawPool): object => {
  const settled = ({ LastModifiedDate: _, EstimatedNumberOfUsers: __, ...rest }: JsonObject) => rest;
  return structuredClone({ pool: { LambdaConfig: {}, ...settled(pool) }, clients: clients.map(settled), mfa });
};

/** What AWS itself makes of them at an update that changes nothing. */
const settledBy = ({ pool, clients, mfa, habits: { retells, retellsClient } }: Shape): object =>
  raw({
    pool: retells?.(withDaysToldTwice(pool, pool), pool) ?? withDaysToldTwice(pool, pool),
    clients: clients.map((client) => retellsClient?.(client, client) ?? client),
    mfa,
  });

const DEFAULTS = ["ALLOW_CUSTOM_AUTH", "ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH"];
const flowsOf = ({ ExplicitAuthFlows: flows, RefreshTokenRotation: rotation }: JsonObject): readonly string[] => {
  if (Array.isArray(flows) && flows.length > 0) return flows as string[];
  return (rotation as JsonObject | undefined)?.["Feature"] === "ENABLED"
    ? DEFAULTS.filter((flow) => flow !== "ALLOW_REFRESH_TOKEN_AUTH")
    : DEFAULTS;
};

/** The same, with the trigger on and the password flow beside all others. */
const attached = (shape: Shape): object => {
  const clients = shape.clients.map((client) => {
    const flows = flowsOf(client);
    const password = flows.some((flow) => flow.startsWith("ALLOW_"))
      ? "ALLOW_USER_PASSWORD_AUTH"
      : "USER_PASSWORD_AUTH";
    return { ...client, ExplicitAuthFlows: [...new Set([...flows, password])] };
  });
  const LambdaConfig = { ...(shape.pool["LambdaConfig"] as JsonObject), UserMigration: FUNCTION_ARN };
  return settledBy({ ...shape, pool: { ...shape.pool, LambdaConfig }, clients });
};

const taken = Object.entries(SHAPES).filter(([, shape]) => (shape.refused ?? shape.harmed) === undefined);
const harmed = Object.entries(SHAPES).filter(([, shape]) => shape.harmed !== undefined);
const refused = Object.entries(SHAPES).filter(([, shape]) => shape.refused !== undefined);

test.each(taken)("a pool %s loses nothing, whatever is done and taken back", async (_, shape) => {
  start(shape);
  const before = raw(pools.state);
  await done(attachCommand, {});
  expect(raw(pools.state)).toEqual(before);
  const [, id] = /undo (\S+-attach) --apply/.exec(await done(attachCommand)) ?? [];
  const during = raw(pools.state);
  expect(during).toEqual(attached(shape));
  expect(await done(attachCommand)).toContain("Nothing to do");
  for (const command of [detachCommand, cutOverCommand]) {
    await done(command);
    expect(pools.state.pool["LambdaConfig"]).not.toHaveProperty("UserMigration");
    await done(undoCommand);
    expect(raw(pools.state)).toEqual(during);
    expect(await done(undoCommand)).toContain("Nothing to do");
    expect(raw(pools.state)).toEqual(during);
  }
  await done(undoCommand, { ...APPLY, id });
  expect(raw(pools.state)).toEqual(settledBy(shape));
});

test.each(refused)("a pool %s is refused with the reason, and nothing is changed", async (_, shape) => {
  start(shape);
  const before = raw(pools.state);
  const { status, text } = await run(attachCommand);
  expect([status, text]).toEqual([
    shape.habits.refuses === undefined ? 1 : 3,
    expect.stringMatching(shape.refused ?? /^$/),
  ]);
  expect(raw(pools.state)).toEqual(before);
});

test.each(harmed)("a pool %s is told as changed besides, with the way back", async (_, shape) => {
  start(shape);
  const { status, text } = await run(attachCommand);
  expect([status, text]).toEqual([1, expect.stringMatching(shape.harmed ?? /^$/)]);
  expect(text).toMatch(/NOT AS PLANNED[\s\S]*npx cognito-migration undo \S+-attach --apply/);
});
