import { parseDeployment } from "../../config/deployment";
import { environmentBytes, whatToShorten } from "../../rules/environment-size";
import { type RulesEnvironment, rulesEnvironment } from "../../rules/function-environment";
import { BOTH, FUNCTION_ENVIRONMENT } from "../support/settings";

const twenty = (letter: string, n: number): string => `custom:${`${letter}${n}`.padEnd(20, "x")}`;
const renamed = (count: number): string =>
  Array.from({ length: count }, (_, n) => `${twenty("s", n)}=${twenty("d", n)}`).join(",");
const FIFTY_RENAMED = renamed(50);

/** What AWS measures: the names and values as one JSON object. */
const measured = (env: Record<string, string>): number => {
  const { destination } = parseDeployment({ ...BOTH, ...env });
  return new TextEncoder().encode(JSON.stringify(destination && rulesEnvironment(destination))).length;
};

/** As long an External ID as makes the settled part of the environment this long. */
function externalIdFor(bytes: number, ATTRIBUTE_MAP: string): string {
  const least = measured({ ATTRIBUTE_MAP, EXTERNAL_ID: "xx" });
  return "x".repeat(bytes - least + 2);
}

test("rules that cannot fit into the function's environment are refused, with the sum and what to shorten", () => {
  const settings = { ...BOTH, ATTRIBUTE_MAP: FIFTY_RENAMED, EXTERNAL_ID: "x".repeat(1224) };
  expect(() => parseDeployment(settings)).toThrow(
    /The function's environment: found 4\d{3} bytes without the destination's schema, expected 4096 at most, .* shorten ATTRIBUTE_MAP \(2799 bytes\) or EXTERNAL_ID \(1224 bytes\)/,
  );
});

test("4096 bytes are taken, and not one more", () => {
  const [fits, doesNot] = [4096, 4097].map((bytes) => externalIdFor(bytes, FIFTY_RENAMED));
  expect(measured({ ATTRIBUTE_MAP: FIFTY_RENAMED, EXTERNAL_ID: fits ?? "" })).toBe(4096);
  expect(() => parseDeployment({ ...BOTH, ATTRIBUTE_MAP: FIFTY_RENAMED, EXTERNAL_ID: doesNot })).toThrow("4097 bytes");
});

test("bytes are counted, not characters", () => {
  expect(environmentBytes({ A: "ü" })).toBe('{"A":"ü"}'.length + 1);
});

test("what to shorten: only what an operator can, the longest first, and not what is empty", () => {
  const environment = {
    SOURCE_USER_POOL_ID: "x".repeat(500),
    EXTERNAL_ID: "eleven-byte",
    ATTRIBUTE_EXCLUDE: "ü",
    ATTRIBUTE_MAP: "",
    GROUPS: "staff",
    GROUPS_MAP: "a=b,c=d",
    GROUPS_OR_REFUSE: "x".repeat(12),
  };
  expect(whatToShorten(environment as unknown as RulesEnvironment)).toBe(
    "GROUPS_OR_REFUSE (12 bytes) or EXTERNAL_ID (11 bytes) or GROUPS_MAP (7 bytes) or GROUPS (5 bytes) or ATTRIBUTE_EXCLUDE (2 bytes)",
  );
});

test("the source stack alone has no function whose environment could be too long", () => {
  const settings = { ...BOTH, ATTRIBUTE_MAP: FIFTY_RENAMED, EXTERNAL_ID: "x".repeat(1224) };
  const { DESTINATION_USER_POOL_ARN: _, ...source } = settings;
  expect(() => parseDeployment({ ...source, DESTINATION_ACCOUNT: "222222222222" })).not.toThrow();
});

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime */
const RESERVED =
  /^(_.*|AWS_.*|LAMBDA_TASK_ROOT|LAMBDA_RUNTIME_DIR|TZ|LANG|PATH|LD_LIBRARY_PATH|NODE_PATH|NODE_OPTIONS)$/;

test("no variable has a name that Lambda keeps for itself, or does not take", () => {
  const { destination } = parseDeployment({
    ...BOTH,
    ATTRIBUTE_EXCLUDE: "nickname",
    ATTRIBUTE_MAP: "sub=custom:x",
    DESTINATION_ALIAS_ATTRIBUTES: "email",
  });
  const names = Object.keys({ ...FUNCTION_ENVIRONMENT, ...(destination && rulesEnvironment(destination)) });
  expect(names).toEqual(expect.arrayContaining(["ATTRIBUTE_EXCLUDE", "ATTRIBUTE_MAP", "DESTINATION_ALIAS_ATTRIBUTES"]));
  for (const name of names) {
    expect(name).toMatch(/^[a-zA-Z][a-zA-Z0-9_]+$/);
    expect(name).not.toMatch(RESERVED);
  }
});
