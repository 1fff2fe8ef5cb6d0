import { type InferOutput, object, optional, record, string, unknown } from "valibot";

/** What the source stack has given out. Undefined: not deployed, or its state cannot be read from here. */
export interface SourceOutputs {
  readonly roleArn: string | undefined;
  readonly appClientId: string | undefined;
  /** Of the source user pool, as old as the last deploy. */
  readonly mfaConfiguration: string | undefined;
  /** Likewise, with commas between them, or `none`. */
  readonly usernameAttributes: string | undefined;
}

/** As `terraform output -json` prints them, and as a state has them. */
export const outputsSchema = record(string(), object({ value: optional(unknown()) }));
export type RawOutputs = InferOutput<typeof outputsSchema>;

export const sourceOutputsIn = (outputs: RawOutputs): SourceOutputs => ({
  roleArn: textOf(outputs["role_arn"]),
  appClientId: textOf(outputs["app_client_id"]),
  mfaConfiguration: textOf(outputs["mfa_configuration"]),
  usernameAttributes: textOf(outputs["username_attributes"]),
});

export const textOf = (output: RawOutputs[string] | undefined): string | undefined =>
  typeof output?.value === "string" && output.value !== "" ? output.value : undefined;
