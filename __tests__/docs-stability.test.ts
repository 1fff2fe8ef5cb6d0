import { readFileSync } from "node:fs";
import { join } from "node:path";
import { tokenLogLine } from "../handler/token/log";
import { logLine } from "../handler/triggers/user-migration/log";
import { METRICS, NAMESPACE } from "../rules/metrics";
import { SKIPPED } from "../rules/token-groups";
import { TOKEN_METRICS } from "../rules/token-metrics";
import { TOKEN_OUTCOMES } from "../rules/token-outcome";
import { BOTH } from "./support/settings";
import { type Json, synthesized } from "./support/stacks";

const page = readFileSync(join(__dirname, "../docs/stability.md"), "utf8");
const block = (name: string): string => new RegExp(`<!-- ${name} -->\n([\\s\\S]*?)<!--`).exec(page)?.[1] ?? "";
const namesIn = (text: string): string[] => [...text.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name).sort();
const listOf = (name: string, stack: string): string[] =>
  namesIn(new RegExp(`^- \`${stack}\`:([\\s\\S]*?)(?=^- |(?![\\s\\S]))`, "m").exec(block(name))?.[1] ?? "");

const addresses = ({ resource }: Json): string[] =>
  Object.entries<object>(resource)
    .flatMap(([type, all]) => Object.keys(all).map((id) => `${type}.${id}`))
    .sort();

test("docs/stability.md has the outputs and addresses that the stacks have, and no other", () => {
  const stacks = synthesized({ ...BOTH, LAMBDA_RESERVED_CONCURRENCY: "10" });
  for (const stack of ["source", "destination"] as const) {
    expect(listOf("outputs", stack)).toEqual(Object.keys(stacks[stack].output).sort());
    expect(listOf("addresses", stack)).toEqual(addresses(stacks[stack]));
  }
});

test("docs/stability.md has the metrics that there are, and no other", () => {
  expect(namesIn(block("metrics"))).toEqual(Object.keys(METRICS).sort());
  expect(page).toContain(`in the namespace \`${NAMESPACE}\``);
});

test("docs/stability.md has the fields that a line of the log can have, with their types, and no other", () => {
  const full = {
    outcome: "access_denied",
    functionName: "f",
    triggerSource: "UserMigration_Authentication",
    requestId: "r",
    user: "0123456789abcdef",
    durationMs: 5000,
    coldStart: true,
    calls: ["AssumeRole"],
    droppedAttributes: { nickname: "no_place" },
    factors: ["SMS_MFA"],
    droppedFactors: ["SMS_MFA"],
    stamped: true,
    groups: { carried: 0, unlisted: 1, unknown: 0, provider: 0, left: "too_many" },
    errorName: "AccessDenied",
  } as const;
  const lines = [false, true].map((tried) => JSON.parse(logLine({ ...full, tried }, new Date(0))));
  const fields = Object.assign({}, ...lines);
  const documented = [...block("log fields").matchAll(/^\| `(\w+)` \| (\w+) \|/gm)].map(([, name, type]) => [
    name,
    type,
  ]);
  const ofCloudWatch = new Set(["_aws", "FunctionName", "Reason", ...Object.keys(METRICS)]);
  expect(documented.map(([name]) => name).sort()).toEqual(
    Object.keys(fields)
      .filter((name) => !ofCloudWatch.has(name))
      .sort(),
  );
  const typeOf = (name: string): string => (Array.isArray(fields[name]) ? "strings" : typeof fields[name]);
  for (const [name = "", type = ""] of documented)
    expect([name, typeOf(name)]).toEqual([name, type === "true" ? "boolean" : type]);
});

describe("the token function", () => {
  test("docs/stability.md has its metrics and its addresses, and no other", () => {
    expect(namesIn(block("token metrics"))).toEqual(Object.keys(TOKEN_METRICS).sort());
    const settings = {
      ...BOTH,
      MIGRATION_STAMP: "on",
      STAMP_KEY_READABLE: "accept",
      GROUPS_MODE: "token",
      GROUPS: "a",
    };
    const of = addresses(synthesized(settings).destination).filter((address) => /\.(alarm-)?token-/.test(address));
    expect(namesIn(block("token addresses"))).toEqual(of);
  });

  test("docs/stability.md has the fields of its log, with their types, and no other", () => {
    const numbers = { added: 1, membershipsAdded: 1, membershipsLeft: 1, eventsSent: 1, eventsLeft: 1, durationMs: 1 };
    const entry = { functionName: "f", requestId: "r", coldStart: true, failed: false, errorName: "E", ...numbers };
    const line = JSON.parse(tokenLogLine({ ...entry, skipped: "unproven" }, new Date(0)) ?? "{}");
    const ofCloudWatch = new Set(["_aws", "FunctionName", ...Object.keys(TOKEN_METRICS)]);
    const documented = [...block("token log fields").matchAll(/^\| `(\w+)` \| (\w+) \|/gm)].map(([, ...row]) => row);
    expect(documented.sort()).toEqual(
      Object.keys(line)
        .filter((name) => !ofCloudWatch.has(name))
        .sort()
        .map((name) => [name, typeof line[name]]),
    );
  });

  test("docs/outcomes.md has what a line can say, and no other", () => {
    const [, section = ""] =
      /^## The token function\n([\s\S]*)/m.exec(readFileSync(join(__dirname, "../docs/outcomes.md"), "utf8")) ?? [];
    const named = [...section.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name);
    expect(named.sort()).toEqual([...Object.keys(TOKEN_OUTCOMES), ...Object.keys(SKIPPED)].sort());
  });
});
