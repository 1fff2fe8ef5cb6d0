import { existsSync, readFileSync } from "node:fs";
import { object, record, safeParse, string, unknown } from "valibot";
import type { DestinationSettings } from "../../config/deployment";
import { parseJson } from "../../config/json-text";
import { anothersText, identityInOutputs, isOfAnother } from "../../config/state-identity";
import { CommandError, EXIT, type ExitCode } from "../program/exit";
import { shownPath } from "../program/shown-path";
import { outputsSchema, type RawOutputs, type SourceOutputs, sourceOutputsIn, textOf } from "./raw-outputs";

/** All outputs of a module as one. */
const moduleOutputs = object({ value: record(string(), unknown()) });

/**
 * The source's outputs where modules or constructs of ours are deployed: there is no state of a stack then.
 *
 * @throws {CommandError} for a file that does not say them, or says another's.
 */
export function outputsOfFile(
  file: string,
  {
    sourceOutputs,
    migration,
    sourceUserPoolId: userPoolId,
  }: Pick<DestinationSettings, "sourceOutputs" | "migration" | "sourceUserPoolId">,
): SourceOutputs {
  const refused = (found: string, expected: string, exitCode: ExitCode = EXIT.USAGE): CommandError =>
    new CommandError(exitCode, `--outputs ${shownPath(file)}: found ${found}, expected ${expected}.`);
  if (sourceOutputs !== undefined) throw refused("beside SOURCE_ROLE_ARN in the settings", "one of the two");
  if (!existsSync(file)) throw refused("nothing there", "a file with what `terraform output -json` has printed");
  const printed = parseJson(outputsSchema, readFileSync(file, "utf8"));
  if (!("value" in printed)) throw refused(printed.found, "what `terraform output -json` has printed");
  const [first, ...others] = sourcesIn(printed.value);
  if (first === undefined)
    throw refused(
      "no role_arn",
      'the outputs of the source, each by its name or all as one: output "source" { value = module.source }',
    );
  const own = [first, ...others].find((outputs) => !isOfAnother(identityInOutputs(outputs), { migration, userPoolId }));
  if (own === undefined) {
    const text = anothersText(identityInOutputs(first), { migration, userPoolId });
    throw refused(`what ${text}`, "this migration's", EXIT.CHECKS_FAILED);
  }
  return sourceOutputsIn(own);
}

/** Of one migration or of several. */
const sourcesIn = (printed: RawOutputs): readonly RawOutputs[] =>
  [printed, ...Object.values(printed).map(ofModule)].filter((outputs) => textOf(outputs["role_arn"]) !== undefined);

function ofModule(output: RawOutputs[string]): RawOutputs {
  const { success, output: parsed } = safeParse(moduleOutputs, output);
  return success ? Object.fromEntries(Object.entries(parsed.value).map(([name, value]) => [name, { value }])) : {};
}
