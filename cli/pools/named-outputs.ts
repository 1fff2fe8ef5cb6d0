import { existsSync, readFileSync } from "node:fs";
import { record, safeParse, string, unknown } from "valibot";
import type { DestinationSettings } from "../../config/deployment";
import { parseJson } from "../../config/json-text";
import { anothersText, identityInOutputs, isOfAnother } from "../../config/state-identity";
import { CommandError, EXIT, type ExitCode } from "../program/exit";
import { shownPath } from "../program/shown-path";
import { outputsSchema, type RawOutputs, type SourceOutputs, sourceOutputsIn, textOf } from "./raw-outputs";

/** All outputs of a module as one, or of a root module. */
const values = record(string(), unknown());

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
  const expected = "what `terraform output -json NAME` has printed of the source";
  if (!existsSync(file)) throw refused("nothing there", `a file with ${expected}`);
  const printed = parseJson(values, readFileSync(file, "utf8"));
  if (!("value" in printed)) throw refused(printed.found, expected);
  const sources = sourcesIn(printed.value).map((outputs) => ({ outputs, identity: identityInOutputs(outputs) }));
  const [first, ...others] = sources;
  if (first === undefined)
    throw refused(
      "no role_arn",
      'the outputs of the source, each by its name or all as one: output "source" { value = module.source }',
    );
  const possible = sources.filter(({ identity }) => !isOfAnother(identity, { migration, userPoolId }));
  // Terraform prints by name, so what does not say whose it is may come first, and be anybody's role.
  const own =
    possible.find(({ identity }) => identity.migration === migration) ??
    (others.length === 0 ? possible[0] : undefined);
  if (own !== undefined) return sourceOutputsIn(own.outputs);
  const another = sources.find(({ identity }) => isOfAnother(identity, { migration, userPoolId }));
  if (another === undefined)
    throw refused(`${sources.length} outputs with a role_arn, and none of migration ${migration}`, expected);
  const text = anothersText(another.identity, { migration, userPoolId });
  throw refused(`what ${text}`, "this migration's", EXIT.CHECKS_FAILED);
}

/** Of one migration or of several: outputs each by its name, the value of one alone, or of each of them. */
function sourcesIn(printed: unknown): readonly RawOutputs[] {
  const { success, output: named } = safeParse(outputsSchema, printed);
  const modules = success ? Object.values(named).map(({ value }) => framed(value)) : [];
  return [...(success ? [named] : [framed(printed)]), ...modules].filter(
    (outputs) => textOf(outputs["role_arn"]) !== undefined,
  );
}

/** As if each were an output. */
const framed = (of: unknown): RawOutputs => {
  const { success, output } = safeParse(values, of);
  return success ? Object.fromEntries(Object.entries(output).map(([name, value]) => [name, { value }])) : {};
};
