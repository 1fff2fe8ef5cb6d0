import { OUTCOMES, type OutcomeName } from "../../../rules/outcome";
import { outcomeRows } from "../../outcomes/outcome-rows";
import { answersTo } from "../../support/answers-to";
import { type Operator, openOperator } from "../../support/operator";
import { invoke, packagedFunction, signInEvent, TYPED } from "../../support/packaged-function";
import { scriptedAws } from "../../support/scripted-aws";

/** What only a source that answers so, or a typed password, brings about: no profile tells of it. */
const ONLY_LOGGED = [
  "source_trigger",
  "challenge",
  "too_many_attempts",
  "password_invalid",
  "deadline",
] as const satisfies readonly OutcomeName[];

let operator: Operator;
afterEach(() => operator.close());

test("what the function logs of each is found by the name that was typed, and explained", async () => {
  operator = await openOperator({ isAttached: true });
  const { world } = operator;
  const { LOG_USER_KEY = "" } = world.function.configuration.environment;
  const logGroup = `/aws/lambda/${world.function.configuration.name}`;
  const aws = await scriptedAws();
  for (const outcome of ONLY_LOGGED) {
    const row = outcomeRows().find((one) => one.outcome === outcome);
    if (row === undefined) throw new Error(`no row for ${outcome}`);
    aws.answers = answersTo(row);
    const fn = packagedFunction(aws.url, { ...row.environment, LOG_USER_KEY });
    const { line } = await invoke(fn, signInEvent(row.event));
    await fn.stop();
    expect(line["reason"]).toBe(outcome);
    world.destination.logs.write(logGroup, "scripted", JSON.stringify(line));
  }
  await aws.close();

  const { stdout } = await operator.run("explain", "--user", TYPED.userName, "--json");
  const { log } = JSON.parse(stdout) as { log: { entries: { outcome: string; name: string }[] } };
  expect(log.entries.map(({ outcome }) => outcome).sort()).toEqual([...ONLY_LOGGED].sort());
  for (const { name } of log.entries) expect(name).toBe(TYPED.userName);
  const { stdout: text } = await operator.run("explain", "--user", TYPED.userName);
  for (const outcome of ONLY_LOGGED) expect(text).toMatch(new RegExp(`${outcome} +${OUTCOMES[outcome].means}`));
});
