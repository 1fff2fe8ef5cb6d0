/** How a command ends. The numbers are an interface: docs/cli/README.md lists them, and scripts depend on them. */
export const EXIT = {
  DONE: 0,
  /** The command ran, and what it checked or asked for does not hold, or was never answered. */
  CHECKS_FAILED: 1,
  /** Wrong arguments or settings; nothing was changed. */
  USAGE: 2,
  /** AWS refused, could not be reached, or has other accounts behind these credentials than the settings say. */
  AWS_REFUSED: 3,
  /** A bug of this program. */
  INTERNAL: 70,
  /** Ctrl-C. */
  INTERRUPTED: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** An end with a message for people: what was found, what was expected, what to do. No stack trace is shown. */
export class CommandError extends Error {
  override readonly name = "CommandError";

  constructor(
    readonly exitCode: ExitCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Ends a command that was interrupted. @param howToGoOn What the user types to continue, and what stands by now. */
export class Interrupted extends CommandError {
  constructor(howToGoOn: string) {
    super(EXIT.INTERRUPTED, howToGoOn);
  }
}

/** After an error before the first request that changes something. */
export const NOTHING_CHANGED = "Nothing was changed, and what was read is not kept.";
