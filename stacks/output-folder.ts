import { existsSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import type { Environment } from "../config/settings";
import { SettingsError } from "../config/settings-error";
import { STACKS, type StackName } from "../config/stacks";
import { remembered } from "./backend-cache";

/**
 * Removes what an earlier synthesis left behind and would still be there to be applied: a stack that is left out now, and
 * HCL, which Terraform would read beside the JSON.
 */
export function removeLeftOvers(outdir: string, made: readonly StackName[]): void {
  for (const stack of STACKS) {
    const folder = join(outdir, "stacks", stack);
    rmSync(join(folder, "cdk.tf"), { force: true });
    if (!made.includes(stack)) rmSync(join(folder, "cdk.tf.json"), { force: true });
  }
}

/** For people: the files that Terraform reads, from where they stand. */
export const whatWasWritten = (outdir: string, made: readonly StackName[]): string =>
  `Wrote ${made.map((stack) => relative(".", join(outdir, "stacks", stack, "cdk.tf.json"))).join(" and ")}.`;

/**
 * What a synthesis that was refused leaves there, for Terraform to work on as before. It is not taken away: what Terraform keeps beside it
 * is known by it ({@link remembered}).
 */
export function whatIsStillThere(outdir: string): string | undefined {
  const lines = STACKS.filter((stack) => existsSync(join(outdir, "stacks", stack, "cdk.tf.json"))).map((stack) => {
    const { migration } = remembered(outdir, stack);
    return `${relative(".", join(outdir, "stacks", stack))} (${migration === undefined ? "it does not say of which migration" : `migration ${migration}`})`;
  });
  return lines.length === 0
    ? undefined
    : `What was synthesized before is still there, and Terraform works on that: ${lines.join(", ")}.`;
}

/**
 * `cdktf synth --hcl`: cdktf 0.21 writes `required_version` in a way that Terraform cannot read, and the file would stand beside
 * the JSON from then on.
 *
 * @throws {SettingsError} where the CDKTF command line asks for HCL.
 */
export function refuseHcl({ SYNTH_HCL_OUTPUT: asked }: Environment): void {
  if (asked !== "true" && asked !== "1") return;
  const expected = "synth without it: Terraform reads the JSON that is written, and not the HCL that cdktf 0.21 writes";
  throw new SettingsError([{ variable: "--hcl", found: "HCL asked for", expected }], "");
}
