import { appendFileSync, cpSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { unzipSync } from "fflate";
import { bundleHandler, bundleToken, zipFunction } from "../build.mjs";

const root = resolve(__dirname, "..");
const bundle = bundleHandler(root);
/** What is really in the output: esbuild reads more files than it keeps. */
const inputsOf = (name: string): string[] =>
  bundle.metafiles
    .flatMap(({ outputs }) => Object.entries(outputs))
    .filter(([output]) => output === name)
    .flatMap(([, { inputs: files }]) => Object.keys(files).filter((path) => (files[path]?.bytesInOutput ?? 0) > 0));
const [entry, main] = [inputsOf("index.mjs"), inputsOf("user-migration.cjs")];

test("the zip holds an entry and what it loads, and stays under 85 KB", () => {
  const zip = zipFunction(bundle.files);
  expect(Object.keys(unzipSync(zip))).toEqual(["index.mjs", "user-migration.cjs"]);
  expect(zip.byteLength).toBeLessThan(85_000);
});

test("equal code gives equal bytes, in every time zone", () => {
  const zone = process.env["TZ"];
  const zips = ["UTC", "Asia/Tokyo", "America/St_Johns"].map((TZ) => {
    process.env["TZ"] = TZ;
    return Buffer.from(zipFunction(bundleHandler(root).files)).toString("base64");
  });
  process.env["TZ"] = zone;
  expect(new Set(zips).size).toBe(1);
});

test("other code gives other bytes", () => {
  const zip = (text: string): Uint8Array => zipFunction({ "index.mjs": Uint8Array.from(Buffer.from(text)) });
  expect(zip("a")).not.toEqual(zip("b"));
});

test("the entry opens connections, and is nothing but that", () => {
  expect(entry.sort()).toEqual([
    "handler/aws/endpoints.ts",
    "handler/aws/warm-agent.ts",
    "handler/entry/dispatch.ts",
    "handler/entry/index.ts",
    "rules/partitions.ts",
    "rules/triggers.ts",
  ]);
});

test("of our own code, only the handler, its half of config and the rules that it keeps go in", () => {
  expect(main.filter((path) => !path.startsWith("node_modules/")).sort()).toEqual([
    "handler/aws/call-budget.ts",
    "handler/aws/client-settings.ts",
    "handler/aws/deadline.ts",
    "handler/aws/error-name.ts",
    "handler/aws/exceptions.ts",
    "handler/aws/no-credential-chain.ts",
    "handler/aws/no-event-streams.ts",
    "handler/aws/no-sdk-retries.ts",
    "handler/aws/rehearsal-answer.ts",
    "handler/aws/retry.ts",
    "handler/aws/send.ts",
    "handler/aws/source-role.ts",
    "handler/aws/source-user-pool.ts",
    "handler/triggers/user-migration.ts",
    "handler/triggers/user-migration/event.ts",
    "handler/triggers/user-migration/invocation.ts",
    "handler/triggers/user-migration/log.ts",
    "handler/triggers/user-migration/rehearsal.ts",
    "handler/triggers/user-migration/tried.ts",
    "rules/answers.ts",
    "rules/attribute-names.ts",
    "rules/attribute-rules.ts",
    "rules/camel-case.ts",
    "rules/carried-groups.ts",
    "rules/carry-attributes.ts",
    "rules/function-environment.ts",
    "rules/group-names.ts",
    "rules/hand-over.ts",
    "rules/metrics.ts",
    "rules/migrate-user.ts",
    "rules/names.ts",
    "rules/outcome.ts",
    "rules/own-name.ts",
    "rules/schema.ts",
    "rules/stamp-user.ts",
    "rules/stamp.ts",
    "rules/tried.ts",
    "rules/triggers.ts",
    "rules/user-hash.ts",
  ]);
});

test("of other people's code, only the AWS SDK and the validation library go in", () => {
  const packages = new Set(
    main
      .filter((path) => path.startsWith("node_modules/"))
      .map((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1]),
  );
  expect([...packages].filter((name) => !/^@(aws-sdk|smithy|aws)\//.test(name ?? ""))).toEqual(["valibot"]);
  expect([...packages].filter((name) => name?.includes("credential-provider"))).toEqual([]);
});

test("code that esbuild warns of makes no zip", () => {
  const project = mkdtempSync(join(tmpdir(), "cognito-migration-test-"));
  try {
    for (const name of ["handler", "rules"]) cpSync(join(root, name), join(project, name), { recursive: true });
    symlinkSync(join(root, "node_modules"), join(project, "node_modules"));
    expect(() => bundleHandler(project)).not.toThrow();
    const wrong = '\nimport * as all from "../aws/endpoints";\nexport const none = all.nothing;\n';
    appendFileSync(join(project, "handler/entry/index.ts"), wrong);
    expect(() => bundleHandler(project)).toThrow(/handler\/entry\/index\.ts/);
  } finally {
    rmSync(project, { recursive: true });
  }
});

test("nothing in the bundle names a path of the machine that built it", () => {
  for (const code of Object.values(bundle.files)) expect(Buffer.from(code).toString()).not.toContain(root);
});

describe("the token function", () => {
  const token = bundleToken(root);
  const [decides, sends] = token.metafiles.map(({ outputs }) =>
    Object.values(outputs).flatMap(({ inputs }) =>
      Object.keys(inputs).filter((path) => (inputs[path]?.bytesInOutput ?? 0) > 0),
    ),
  );
  const packagesIn = (paths: readonly string[] = []): string[] => [
    ...new Set(paths.flatMap((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? [])),
  ];

  test("is a zip of its own, under 100 KB", () => {
    const zip = zipFunction(token.files);
    expect(Object.keys(unzipSync(zip))).toEqual(["index.mjs", "token-calls.cjs"]);
    expect(zip.byteLength).toBeLessThan(100_000);
  });

  test("decides without the AWS SDK and without a network", () => {
    expect(packagesIn(decides)).toEqual(["valibot"]);
    expect(decides?.filter((path) => path.startsWith("handler/")).sort()).toEqual([
      "handler/aws/error-name.ts",
      "handler/token/due.ts",
      "handler/token/index.ts",
      "handler/token/invocation.ts",
      "handler/token/log.ts",
      "handler/token/once.ts",
    ]);
    const code = Buffer.from(token.files["index.mjs"] ?? []).toString();
    const builtIn = [...code.matchAll(/from"(node:[^"]+)"/g)].map(([, name]) => name);
    expect(builtIn.sort()).toEqual(["node:crypto", "node:module"]);
  });

  test("sends with the SDK's signer alone", () => {
    const ofAws = packagesIn(sends).filter((name) => name !== "valibot" && name !== "tslib");
    expect(ofAws.every((name) => /^@(smithy|aws-crypto)\//.test(name))).toBe(true);
    expect(ofAws).toContain("@smithy/signature-v4");
  });

  test("is the same bytes each time, and names no path of the machine that built it", () => {
    expect(zipFunction(bundleToken(root).files)).toEqual(zipFunction(token.files));
    for (const code of Object.values(token.files)) expect(Buffer.from(code).toString()).not.toContain(root);
  });
});
