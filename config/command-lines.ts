import { DEFAULT_FILE } from "./default-file";
import type { Environment } from "./settings";
import { commandLine, quoted } from "./shell";
import type { StackName } from "./stacks";

/** The folder that the stacks are synthesized into, as the CDKTF command line says. */
export const outputFolder = ({ CDKTF_OUTDIR }: Environment): string => CDKTF_OUTDIR || "cdktf.out";

/** In a checkout npx finds the project's own program. */
const PROGRAM = ["npx", "cognito-migration"];

/**
 * Runs the program that is installed, or none: elsewhere npx would fetch whatever has its name. Without the two dashes npx would keep options for
 * itself: `--settings=FILE` before a command would be lost, and `--help` be npm's. https://docs.npmjs.com/cli/v11/commands/npx
 */
const PROGRAM_OR_NONE = ["npx", "--no", "--", "cognito-migration"];
export const OR_NONE: string = commandLine(...PROGRAM_OR_NONE);

/** Command lines that are printed to be copied: each works on the migration at hand, wherever the settings are. */
export interface CommandLines {
  /** Where its settings stand, for a sentence. */
  readonly file: string;
  /** Where its stacks are synthesized, from the project's folder. */
  readonly output: string;
  /** Whether there are any: the npm package has none, and no state of them. */
  readonly hasStacks: boolean;
  /** The operator's program. */
  program(...words: readonly string[]): string;
  cdktf(verb: "deploy" | "destroy" | "synth", ...stacks: readonly StackName[]): string;
  readonly synth: string;
  /** In the folder of a stack. */
  terraform(stack: StackName, ...words: readonly string[]): string;
}

/**
 * @param named The file that was named on the command line; SETTINGS_FILE counts where there is none. As neither goes along with what is
 * copied, the file stands in every command, unless nobody has named another than the default.
 * @param isPackage Whether they are printed by the npm package, which has no stacks of its own.
 */
export function commandLines(environment: Environment = {}, named?: string, isPackage = false): CommandLines {
  const { SETTINGS_FILE } = environment;
  const chosen = named || SETTINGS_FILE || DEFAULT_FILE;
  const file = chosen.startsWith("-") ? `./${chosen}` : chosen;
  const output = outputFolder(environment);
  const isDefault = file === DEFAULT_FILE && !SETTINGS_FILE;
  const before = isDefault ? "" : `SETTINGS_FILE=${quoted(file)} `;
  const runs = isPackage ? PROGRAM_OR_NONE : PROGRAM;
  return {
    file: quoted(file),
    output,
    hasStacks: !isPackage,
    program: (...words) => commandLine(...runs, ...(isDefault ? [] : ["--settings", file]), ...words),
    cdktf: (...words) => (isPackage ? inOwnCode(...words) : `${before}${commandLine("npx", "cdktf", ...words)}`),
    synth: `${before}npm run synth`,
    terraform: (stack, ...words) => commandLine("terraform", `-chdir=${output}/stacks/${stack}`, ...words),
  };
}

/** The npm package has no stacks: what it operates on is in somebody's own code, with a module or a construct of ours. */
const inOwnCode = (verb: "deploy" | "destroy" | "synth", stack?: StackName): string =>
  verb === "destroy"
    ? `take the ${stack} out of your Terraform or CDKTF code, and apply it`
    : `apply your Terraform or CDKTF code of the ${stack}`;

/** Where a line has a command that is to be copied, from there to its end. */
export const COPIED = /(?:SETTINGS_FILE=(?:'[^']*'|\S)+ )?(?:npx|npm run) .*$/;

/** Makes the program, and the zip of the function. The same for every migration. */
export const BUILD = "npm run build";
