import { NoAnswer } from "../aws/no-answer";
import { EXIT, type ExitCode } from "../program/exit";

/** How a command ends that AWS does not answer, or refuses. */
export const exitCodeOf = (error: unknown): ExitCode =>
  error instanceof NoAnswer ? EXIT.CHECKS_FAILED : EXIT.AWS_REFUSED;
