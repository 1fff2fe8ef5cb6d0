import { resolve } from "node:path";
import { unzipSync } from "fflate";
import { bundleHandler, zipHandler } from "../../stacks/handler-archive";

const root = resolve(__dirname, "../..");
const bundle = bundleHandler(root);
/** What is really in the output: esbuild reads more files than it keeps. */
const inputs = Object.values(bundle.metafile.outputs).flatMap(({ inputs: files }) =>
  Object.keys(files).filter((path) => (files[path]?.bytesInOutput ?? 0) > 0),
);

test("the zip holds one ES module and stays under 120 KB", () => {
  const zip = zipHandler(bundle.code);
  expect(Object.keys(unzipSync(zip))).toEqual(["index.mjs"]);
  expect(zip.byteLength).toBeLessThan(120 * 1024);
});

test("equal code gives equal bytes, in every time zone", () => {
  const zone = process.env["TZ"];
  const zips = ["UTC", "Asia/Tokyo", "America/St_Johns"].map((TZ) => {
    process.env["TZ"] = TZ;
    return Buffer.from(zipHandler(bundleHandler(root).code)).toString("base64");
  });
  process.env["TZ"] = zone;
  expect(new Set(zips).size).toBe(1);
});

test("other code gives other bytes", () => {
  expect(zipHandler(Buffer.from("a"))).not.toEqual(zipHandler(Buffer.from("b")));
});

test("of our own code, only the handler and its half of config go in", () => {
  expect(inputs.filter((path) => !path.startsWith("node_modules/")).sort()).toEqual([
    "config/attribute-rules.ts",
    "config/handler.ts",
    "handler/attributes.ts",
    "handler/deadline.ts",
    "handler/exceptions.ts",
    "handler/index.ts",
    "handler/invocation.ts",
    "handler/log.ts",
    "handler/migrate-user.ts",
    "handler/no-credential-chain.ts",
    "handler/outcome.ts",
    "handler/sign-in-name.ts",
    "handler/source-user-pool.ts",
  ]);
});

test("of other people's code, only the AWS SDK and the validation library go in", () => {
  const packages = new Set(
    inputs
      .filter((path) => path.startsWith("node_modules/"))
      .map((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1]),
  );
  expect([...packages].filter((name) => !/^@(aws-sdk|smithy|aws)\//.test(name ?? ""))).toEqual(["valibot"]);
  expect([...packages].filter((name) => name?.includes("credential-provider"))).toEqual([]);
});

test("nothing in the bundle names a path of the machine that built it", () => {
  expect(Buffer.from(bundle.code).toString()).not.toContain(root);
});
