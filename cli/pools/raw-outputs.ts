import { type InferOutput, object, optional, record, string, unknown } from "valibot";

/** What is read of the source stack's outputs, by their names there. */
const OUTPUTS = {
  roleArn: "role_arn",
  appClientId: "app_client_id",
  /** Of the source user pool, as old as the last deploy. */
  mfaConfiguration: "mfa_configuration",
  /** Likewise, with commas between them, or `none`. */
  usernameAttributes: "username_attributes",
} as const;

/** What the source stack has given out. Undefined: not deployed, or its state cannot be read from here. */
export type SourceOutputs = Readonly<Record<keyof typeof OUTPUTS, string | undefined>>;

/** As `terraform output -json` prints them, and as a state has them. */
export const outputsSchema = record(string(), object({ value: optional(unknown()) }));
export type RawOutputs = InferOutput<typeof outputsSchema>;

export const sourceOutputsIn = (outputs: RawOutputs): SourceOutputs =>
  Object.fromEntries(
    Object.entries(OUTPUTS).map(([name, output]) => [name, textOf(outputs[output])] as const),
  ) as SourceOutputs;

export const textOf = (output: RawOutputs[string] | undefined): string | undefined =>
  typeof output?.value === "string" && output.value !== "" ? output.value : undefined;
