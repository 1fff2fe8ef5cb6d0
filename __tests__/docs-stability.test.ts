import { readFileSync } from "node:fs";
import { join } from "node:path";
import { logLine } from "../handler/triggers/user-migration/log";
import { METRICS, NAMESPACE } from "../rules/metrics";
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
