import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { checked } from "../config/setting-values";
import type { StackName } from "../config/stacks";
import { formerStateFile } from "../config/state-file";
import { isUserPoolName } from "../rules/migration-names";

/** Where a state is, as Terraform writes it: members that it has besides are null. */
const CONFIG = v.record(v.string(), v.unknown());
const BACKEND = v.object({ type: v.string(), config: CONFIG });
type Backend = v.InferOutput<typeof BACKEND>;

/** What Terraform keeps of `init`, and a synthesized stack, as far as they are read here. */
const INITIALIZED = v.object({ backend: BACKEND });
const SYNTHESIZED = v.object({
  resource: v.object({
    terraform_data: v.object({
      identity: v.object({ input: v.object({ migration: checked(isUserPoolName) }) }),
    }),
  }),
});

const WITH_STATE = v.object({
  terraform: v.object({ backend: v.optional(v.record(v.string(), CONFIG)), cloud: v.optional(CONFIG) }),
});

/** What the output folder of a stack remembers of the last time. */
export interface Remembered {
  /** Of the last synthesis. Undefined: there was none, or it did not say. */
  readonly migration: string | undefined;
  /** Of the last `terraform init`. */
  readonly backend: Backend | undefined;
}

const folderOf = (outdir: string, stack: StackName): string => join(outdir, "stacks", stack);
/** With one workspace the backend decides: what was selected before is of that backend, too. */
const CACHE = ["terraform.tfstate", "environment"] as const;

export function remembered(outdir: string, stack: StackName): Remembered {
  const folder = folderOf(outdir, stack);
  return {
    migration: read(SYNTHESIZED, join(folder, "cdk.tf.json"))?.resource.terraform_data.identity.input.migration,
    backend: read(INITIALIZED, join(folder, ".terraform", CACHE[0]))?.backend,
  };
}

/** Whether Terraform knows where this migration's state was last: where that has changed, it asks to take the state along. */
export const knowsState = ({ migration: last, backend }: Remembered, migration: string): boolean =>
  last === migration && backend !== undefined;

/**
 * Makes Terraform forget the backend of another migration, which it would otherwise want to migrate into this one's. A state is
 * never removed: where this folder's own migration moves, Terraform has to ask. https://developer.hashicorp.com/terraform/language/backend
 */
export function forgetOther(
  outdir: string,
  stack: StackName,
  { migration: last, backend }: Remembered,
  migration: string,
): void {
  if (backend === undefined || isSame(backend, synthesized(outdir, stack))) return;
  const path = String(backend.config["path"] ?? "");
  const isOfFormerName = backend.type === "local" && path.endsWith(`/${formerStateFile(stack)}`);
  if (!isOfFormerName && (last === undefined || last === migration)) return;
  for (const name of CACHE) rmSync(join(folderOf(outdir, stack), ".terraform", name), { force: true });
}

function synthesized(outdir: string, stack: StackName): Backend | undefined {
  const { backend, cloud } = read(WITH_STATE, join(folderOf(outdir, stack), "cdk.tf.json"))?.terraform ?? {};
  const [type, config] = Object.entries(backend ?? { cloud })[0] ?? [];
  return type === undefined || config === undefined ? undefined : { type, config };
}

/** Whether what was remembered is all that `now` says. */
const isSame = (then: Backend, now: Backend | undefined): boolean =>
  now !== undefined && then.type === now.type && holds(then.config, now.config);

const holds = (there: unknown, wanted: unknown): boolean =>
  typeof wanted === "object" && wanted !== null
    ? typeof there === "object" &&
      there !== null &&
      Object.entries(wanted).every(([name, value]) => holds((there as Record<string, unknown>)[name], value))
    : there === wanted;

/** @returns undefined for a file that is not there, cannot be read, or has another form. */
function read<T>(schema: v.GenericSchema<unknown, T>, path: string): T | undefined {
  try {
    return v.parse(schema, JSON.parse(readFileSync(path, "utf8")));
  } catch {
    return undefined;
  }
}
