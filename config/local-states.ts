import * as v from "valibot";
import type { Shared } from "./deployment";
import { moveCommand } from "./shell";
import { STACKS, type StackName } from "./stacks";
import { formerStateFile, parseStateFile, stateFile } from "./state-file";
import { anothersText, type Identity, identityInState, isOfAnother, type StateIdentity } from "./state-identity";

/** A file beside the project, as far as it concerns whose it is. */
interface LocalState {
  readonly file: string;
  readonly stack: StackName;
  /** Whether it has the name of the time when a checkout could have one migration. */
  readonly isFormer: boolean;
  /** By its name, or else by what is in it. */
  readonly migration: string | undefined;
  /** By what is in it. */
  readonly identity: StateIdentity;
  /** Which of two is the newer. */
  readonly serial: number | undefined;
  /** Why it cannot be read. */
  readonly unreadable?: string;
}

/** Whose states are looked for. */
export interface Owner extends Pick<Shared, "migration" | "sourceUserPoolId"> {
  readonly state: Pick<Shared["state"], "kind">;
  /** Undefined: there is no stack for it. */
  readonly destinationUserPoolId: string | undefined;
}

/**
 * Looks at the local states of this checkout, so that no second, empty one is planned beside a state of this migration, and none over
 * another's.
 *
 * @param read Gives what one of the files holds, or throws what the system says.
 * @param isKnown Whether Terraform knows where this stack's state was last, and asks to take it along.
 */
export function checkLocalStates(
  files: readonly string[],
  read: (file: string) => string,
  owner: Owner,
  isKnown: (stack: StackName) => boolean,
) {
  const states = files.flatMap((file) => localState(file, read) ?? []);
  const isOwn = ({ migration }: LocalState): boolean => migration === undefined || migration === owner.migration;
  const own = states.filter(isOwn);
  const others = states.filter((one) => !isOwn(one));
  const move: Move = (one, migration, whenFree) => {
    const to = stateFile(migration, one.stack);
    if (!files.includes(to)) return whenFree(moveCommand(one.file, to));
    const there = states.find(({ file }) => file === to);
    return (
      `${one.file} (${serialText(one)}) and ${to} (${serialText(there)}) are there, for stack ${one.stack} of migration ${migration}, and only the ` +
      "latter is used. Look which of them is right, and move the other out of this folder."
    );
  };
  return {
    /** What keeps anybody from planning: a sentence and a command each. */
    refusals: own.flatMap((one) => refusalOf(one, owner, isKnown, move) ?? []),
    /** What is worth knowing. */
    notices: others.flatMap((one) => noticeOf(one, owner, move) ?? []),
  };
}

/** What is said of a state that has to move: with the command, where nothing is in its place yet. */
type Move = (one: LocalState, migration: string, whenFree: (command: string) => string) => string;

function refusalOf(
  one: LocalState,
  { migration, sourceUserPoolId, destinationUserPoolId, state }: Owner,
  isKnown: (stack: StackName) => boolean,
  move: Move,
): string | undefined {
  const { file, stack, identity, isFormer, unreadable } = one;
  if (unreadable !== undefined)
    return `${file}: found ${unreadable}, expected the state of stack ${stack}. Move it out of this folder, or repair it.`;
  const userPoolId = stack === "source" ? sourceUserPoolId : destinationUserPoolId;
  const wanted: Identity = { migration, userPoolId: userPoolId ?? identity.userPoolId ?? "" };
  if (isOfAnother(identity, wanted))
    return (
      `${file} ${anothersText(identity, wanted)}. A deploy would replace what users of the former sign in through. Give every migration a ` +
      "USER_POOL_NAME and a state of its own; to give a migration up, destroy it first, with the settings that it has."
    );
  if (isFormer)
    return move(
      one,
      migration,
      (command) =>
        `${file} holds the state of stack ${stack}${one.migration === undefined ? "" : ` of migration ${migration}`}. State files now have the migration's name ` +
        `in them. If this one belongs to ${migration}: ${command}`,
    );
  if (state.kind !== "local" && !isKnown(stack))
    return (
      `${file} holds the state of stack ${stack} of migration ${migration}, and STATE_BACKEND is ${state.kind}: Terraform would plan everything anew. ` +
      'Take it along (docs/state.md, "Move a state"), or move the file away if that is done, or nothing is deployed from it.'
    );
  return undefined;
}

function noticeOf(one: LocalState, { sourceUserPoolId }: Owner, move: Move): string | undefined {
  const { file, stack, identity, migration = "", unreadable } = one;
  if (unreadable !== undefined)
    return `${file}: found ${unreadable}, expected the state of stack ${stack} of migration ${migration}. That one cannot be worked on.`;
  if (stack === "source" && identity.userPoolId === sourceUserPoolId)
    return (
      `${file} is of migration ${migration}, which has the same source user pool. Two may share one. If USER_POOL_NAME was only renamed: a deploy makes an app client, a role and a function ` +
      "beside those of the old name, and leaves them; go on under the old name, or destroy that migration first, with the settings that it has."
    );
  return one.isFormer
    ? move(one, migration, (command) => `${file} is of migration ${migration}. Before you work on that: ${command}`)
    : undefined;
}

const serialText = (one: LocalState | undefined): string =>
  one === undefined ? "empty" : one.serial === undefined ? "serial not known" : `serial ${one.serial}`;

const STATE = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({
    version: v.number(),
    serial: v.fallback(v.optional(v.number()), undefined),
    resources: v.optional(v.array(v.unknown()), []),
    outputs: v.optional(v.unknown()),
  }),
);

const NOTHING_SAID: StateIdentity = { migration: undefined, userPoolId: undefined };

/** @returns undefined when it is no local state, or one with nothing in it. */
function localState(file: string, read: (file: string) => string): LocalState | undefined {
  const former = STACKS.find((stack) => formerStateFile(stack) === file);
  const named = parseStateFile(file);
  const stack = former ?? named?.stack;
  if (stack === undefined) return undefined;
  // By its name alone, until something in it says more.
  const bare = { file, stack, isFormer: former !== undefined, migration: named?.migration, identity: NOTHING_SAID };
  const text = textOf(file, read);
  if (typeof text !== "string") return { ...bare, serial: undefined, ...text };
  if (text.trim() === "") return undefined;
  const parsed = v.safeParse(STATE, text);
  // Whatever is in a damaged one is not nothing.
  if (!parsed.success) return { ...bare, serial: undefined };
  const { resources, outputs, serial } = parsed.output;
  if (resources.length === 0) return undefined;
  const identity = identityInState({ resources, outputs });
  return { ...bare, migration: named?.migration ?? identity.migration, identity, serial };
}

function textOf(file: string, read: (file: string) => string): string | { readonly unreadable: string } {
  try {
    return read(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    return { unreadable: UNREADABLE[code] ?? `what cannot be read (${code})` };
  }
}

const UNREADABLE: Readonly<Record<string, string>> = {
  EISDIR: "a directory",
  ENOENT: "a link to nothing",
  ELOOP: "a link to itself",
};
