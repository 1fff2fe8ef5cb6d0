import { holds } from "../../../../sandbox/demo/assertion";
import type { Migration } from "../../../../sandbox/demo/full-demo/migration";
import { OperatorTerminal } from "../../../../sandbox/demo/full-demo/operator-terminal";
import { follow, type RunbookStep } from "../../../../sandbox/demo/full-demo/step";

const terminal = new OperatorTerminal({ root: "", directory: "", environment: {}, values: {} });
const migration = { terminal } as unknown as Migration;

const step = (heading: string, run: RunbookStep["run"]): RunbookStep => ({
  heading,
  commands: ["npx a", "npx b"],
  run,
});
const typing =
  (...lines: string[]): RunbookStep["run"] =>
  async () => {
    for (const line of lines) terminal.standIn(line);
    return ["checked"];
  };
const attempt = async (...steps: RunbookStep[]): Promise<{ told: string[]; error: string | undefined }> => {
  const told: string[] = [];
  const error = await follow(steps, migration, (line) => told.push(line)).then(
    () => undefined,
    ({ message }: Error) => message,
  );
  return { told, error };
};

test("steps are numbered, and each says what was checked", async () => {
  const steps = [step("Check", typing("npx a", "npx b")), step("Attach", typing("npx a", "npx b"))];
  expect(await attempt(...steps)).toEqual({
    told: ["1. Check", "   checked", "2. Attach", "   checked"],
    error: undefined,
  });
});

test("a command that is repeated at once, as after a Ctrl-C, is one line of the runbook", async () => {
  expect(await attempt(step("Import", typing("npx a", "npx b", "npx b")))).toMatchObject({ error: undefined });
});

test.each([
  ["leaves one out", ["npx a"]],
  ["has another order", ["npx b", "npx a"]],
  ["has one more", ["npx a", "npx b", "npx c"]],
])("a step that %s of the runbook's commands does not hold", async (_, lines) => {
  const { told, error } = await attempt(step("Check", typing(...lines)), step("Attach", typing("npx a", "npx b")));
  expect(error).toMatch(/^Step "1\. Check" does not hold: expected: the commands\nnpx a\nnpx b\nnot\n/);
  expect(told).not.toContain("2. Attach");
});

test("a claim that does not hold ends it, by the step's name", async () => {
  const broken = step("Attach", async () => {
    holds(false, "the trigger on");
    return [];
  });
  expect((await attempt(step("Check", typing("npx a", "npx b")), broken)).error).toBe(
    'Step "2. Attach" does not hold: expected: the trigger on',
  );
});

test("nothing but the operator's program is run", async () => {
  expect(() => terminal.start("rm -r /")).toThrow("a command of the operator's program");
});
