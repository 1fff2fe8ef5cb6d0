import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse as parseDotenv } from "dotenv";
import { copyOfProject, ROOT, synth } from "./support/program";
import { edited } from "./support/settings";

/**
 * What Terraform gets, to the byte, but for the function's code: a change of the code's order changes nothing here. `npm test -- -u` takes a
 * change that is meant; construct ids never change, because a resource that is called otherwise is destroyed and made anew.
 */
const EXAMPLES = readdirSync(join(ROOT, "examples"), { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith("settings.env"))
  .sort();

const BACKENDS = {
  local: { STATE_BACKEND: "local" },
  s3: { STATE_BACKEND: "s3", STATE_BUCKET: "example-state", STATE_REGION: "eu-central-1" },
  cloud: { STATE_BACKEND: "cloud", TF_CLOUD_ORGANIZATION: "example-org" },
} as const;

const OF_A_BACKEND = /^(STATE_|TF_CLOUD_)/;

/** The handler's hash, in the asset's path and in Base64. */
const masked = (text: string): string =>
  text
    .replace(/assets\/handler\/[0-9A-Fa-f]{32}\//g, "assets/handler/HASH/")
    .replace(/("source_code_hash": )"[A-Za-z0-9+/]{43}="/g, '$1"HASH"');

/** What a backend may change, and all else. */
function parts(text: string): { readonly backend: string; readonly rest: string } {
  const { "//": cdktf, terraform, data: { terraform_remote_state, ...data } = {}, ...rest } = JSON.parse(text);
  const json = (value: object): string => JSON.stringify(value, undefined, 1);
  return { backend: json({ cdktf, terraform, terraform_remote_state }), rest: json({ data, ...rest }) };
}

function infrastructure(settings: Readonly<Record<string, string>>): readonly string[] {
  const directory = copyOfProject();
  expect(synth(directory, settings)).toMatchObject({ status: 0, stderr: "" });
  return ["source", "destination"].map((stack) =>
    masked(readFileSync(join(directory, "cdktf.out/stacks", stack, "cdk.tf.json"), "utf8")),
  );
}

test.each(EXAMPLES)("%s, with each backend", (example) => {
  const settings = Object.entries(parseDotenv(edited(readFileSync(join(ROOT, "examples", example), "utf8"))));
  const others = Object.fromEntries(settings.filter(([name]) => !OF_A_BACKEND.test(name)));
  const { local, ...elsewhere } = BACKENDS;

  const [source = "", destination = ""] = infrastructure({ ...others, ...local });
  expect([source, destination].map((text) => text.match(/HASH/g)?.length ?? 0)).toEqual([0, 2]);
  expect(source).toMatchSnapshot("source");
  expect(destination).toMatchSnapshot("destination");

  for (const [name, backend] of Object.entries(elsewhere)) {
    const documents = infrastructure({ ...others, ...backend }).map(parts);
    expect(documents.map(({ rest }) => rest)).toEqual([source, destination].map((text) => parts(text).rest));
    expect(documents.map(({ backend }) => backend).join("\n")).toMatchSnapshot(name);
  }
});
