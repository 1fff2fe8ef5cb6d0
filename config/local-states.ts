import * as v from "valibot";
import type { Shared, StackName } from "./deployment";
import { formerStateFile, parseStateFile, stateFile } from "./state-file";

/** A file beside the project, as far as it concerns whose it is. */
interface LocalState {
  readonly file: string;
  readonly stack: StackName;
  /** USER_POOL_NAME; undefined where the file does not say. */
  readonly migration: string | undefined;
  /** Of the source, if the file says. */
  readonly sourceUserPoolId: string | undefined;
  /** Whether it has the name of the time when a checkout could have one migration. */
  readonly isFormer: boolean;
}

export interface LocalStates {
  /** What keeps anybody from planning: a sentence and a command each. */
  readonly refusals: readonly string[];
  /** What is worth knowing. */
  readonly notices: readonly string[];
}

const STACKS: readonly StackName[] = ["source", "destination"];

/**
 * Looks at the local states of this checkout, so that no second, empty one is planned beside a state of this migration.
 *
 * @param files Names in the project's folder.
 * @param read Gives what one of them holds.
 * @param isKnown Whether Terraform knows where this stack's state was last, and asks to take it along.
 */
export function checkLocalStates(
  files: readonly string[],
  read: (file: string) => string,
  { migration, sourceUserPoolId, state }: Pick<Shared, "migration" | "sourceUserPoolId" | "state">,
  isKnown: (stack: StackName) => boolean,
): LocalStates {
  const states = files.flatMap((file) => localState(file, read) ?? []);
  const refusals = states.flatMap((one) => {
    const { file, stack, isFormer } = one;
    const isOwn = one.migration === undefined || one.migration === migration;
    if (isFormer && isOwn)
      return [
        `${file} holds the state of stack ${stack}${one.migration === undefined ? "" : ` of migration ${migration}`}, and is not looked for there any more: each migration has files of its own. ` +
          `Is it this migration's? Then: mv ${file} ${stateFile(migration, stack)}`,
      ];
    if (!isFormer && isOwn && state.kind !== "local" && !isKnown(stack))
      return [
        `${file} holds the state of stack ${stack} of migration ${migration}, and STATE_BACKEND is ${state.kind}: Terraform would plan everything anew. ` +
          'Take it along (docs/state.md, "Move a state"), or move the file away if that is done, or nothing is deployed from it.',
      ];
    return [];
  });
  const notices = states.flatMap((one) => {
    if (one.migration === undefined || one.migration === migration) return [];
    if (one.sourceUserPoolId === sourceUserPoolId && one.stack === "source")
      return [
        `${one.file} is of migration ${one.migration}, which has the same source user pool. Two may share one. If USER_POOL_NAME was only renamed: a deploy makes an app client, a role and a function ` +
          "beside those of the old name, and leaves them; go on under the old name, or destroy that migration first, with the settings that it has.",
      ];
    return one.isFormer
      ? [
          `${one.file} is of migration ${one.migration}. Before you work on that: mv ${one.file} ${stateFile(one.migration, one.stack)}`,
        ]
      : [];
  });
  return { refusals, notices };
}

const textOutput = v.fallback(v.optional(v.object({ value: v.string() })), undefined);
const STATE = v.object({
  version: v.number(),
  resources: v.optional(v.array(v.unknown()), []),
  outputs: v.optional(
    v.object({ migration: textOutput, role_arn: textOutput, lambda_arn: textOutput, user_pool_id: textOutput }),
    {},
  ),
});

/** @returns undefined when it is no local state, or one with nothing in it. */
function localState(file: string, read: (file: string) => string): LocalState | undefined {
  const former = STACKS.find((stack) => formerStateFile(stack) === file);
  const named = parseStateFile(file);
  const stack = former ?? named?.stack;
  if (stack === undefined) return undefined;
  const text = read(file);
  if (text.trim() === "") return undefined;
  const parsed = v.safeParse(STATE, json(text));
  // Whatever is in a damaged one is not nothing.
  const { resources, outputs } = parsed.success ? parsed.output : { resources: [undefined], outputs: {} };
  if (resources.length === 0) return undefined;
  const arn = outputs.role_arn?.value ?? outputs.lambda_arn?.value;
  return {
    file,
    stack,
    isFormer: former !== undefined,
    migration: named?.migration ?? outputs.migration?.value ?? /[:/]cognito_migration_([\w-]+)$/.exec(arn ?? "")?.[1],
    sourceUserPoolId: outputs.user_pool_id?.value,
  };
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
