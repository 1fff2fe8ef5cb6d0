import type { Environment } from "../config/settings";
import { SettingsError } from "../config/settings-error";

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
