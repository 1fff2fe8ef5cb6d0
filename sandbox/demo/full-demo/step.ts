import { isDeepStrictEqual } from "node:util";
import { Broken, holds } from "../assertion";
import type { Migration } from "./migration";

/** One step of docs/runbook.md, followed and checked. */
export interface RunbookStep {
  /** Its heading there, without the number. */
  readonly heading: string;
  /** Its command lines there, in their order. */
  readonly commands: readonly string[];
  /** @returns what was checked, one line each. @throws {@link Broken} when a claim does not hold. */
  run(migration: Migration): Promise<readonly string[]>;
}

/**
 * Follows the steps from top to bottom.
 *
 * @param tell Is told each step and what was checked in it.
 * @throws {Broken} naming the step that does not hold, or that is not followed as the runbook has it.
 */
export async function follow(
  steps: readonly RunbookStep[],
  migration: Migration,
  tell: (line: string) => void,
): Promise<void> {
  for (const [index, { heading, commands, run }] of steps.entries()) {
    const title = `${index + 1}. ${heading}`;
    tell(title);
    try {
      for (const line of await run(migration)) tell(`   ${line}`);
      const typed = migration.terminal.take();
      holds(isDeepStrictEqual(typed, commands), `the commands\n${commands.join("\n")}\nnot\n${typed.join("\n")}`);
    } catch (error) {
      throw new Broken(`Step "${title}" does not hold: ${error instanceof Error ? error.message : String(error)}`, {
        cause: error,
      });
    }
  }
}
