import {
  FAILURES,
  lookUp,
  NO_ANSWER,
  NOT_AUTHORIZED_MESSAGES,
  RESET_EXCEPTION,
  SIGN_IN_REFUSALS,
  UNKNOWN_USER_EXCEPTION,
} from "../../rules/answers";
import type { SignIn } from "../../rules/migrate-user";
import { MigrationFailure, OUTCOMES, type RefusedOutcome } from "../../rules/outcome";
import { errorCode, errorName, isCertificateError } from "./error-name";

/** As far as anything thrown by the AWS SDK or by Node.js is looked at. */
export interface Thrown {
  readonly name?: string;
  readonly message?: string;
  /** Of a socket or of DNS. */
  readonly code?: string;
  /** What Node.js was doing to the socket. */
  readonly syscall?: string;
  /** One for each address that could not be connected to. */
  readonly errors?: readonly Thrown[];
  /** Whether the connection had been there before the request (warm-agent.ts). */
  readonly idleBefore?: boolean;
  readonly $fault?: string;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly clockSkewCorrected?: boolean };
  readonly $response?: { readonly headers?: Readonly<Record<string, string>> };
}

/**
 * What was thrown, seen as an object with optional fields, whatever it is. An exception that AWS sent (only those have
 * `$fault`) has what stands in the answer's body among its fields, so nothing that Node.js would say is taken from it.
 */
export function thrown(error: unknown): Thrown {
  if (typeof error !== "object" || error === null) return {};
  const { name, message, $fault, $metadata, $response }: Thrown = error;
  return $fault === undefined ? error : ({ name, message, $fault, $metadata, $response } as Thrown);
}

export function isUserNotFound(error: unknown): boolean {
  return thrown(error).name === UNKNOWN_USER_EXCEPTION;
}

/**
 * What a sign-in that ended with an exception says.
 *
 * @throws {MigrationFailure} when the exception is no answer.
 */
export function refusal(error: unknown): SignIn {
  const { name = "", message = "" } = thrown(error);
  if (name === RESET_EXCEPTION) return { kind: "reset_required" };
  const refused = lookUp<RefusedOutcome>(SIGN_IN_REFUSALS, name);
  if (refused === undefined) throw failure(error);
  if (name !== "NotAuthorizedException") return { kind: "refused", outcome: refused };
  const outcome = NOT_AUTHORIZED_MESSAGES.find(({ startsWith }) => message.startsWith(startsWith))?.outcome ?? refused;
  if (isFailed(outcome)) throw new MigrationFailure(outcome, name);
  return { kind: "refused", outcome };
}

function isFailed(outcome: RefusedOutcome | MigrationFailure["outcome"]): outcome is MigrationFailure["outcome"] {
  return OUTCOMES[outcome].kind === "failed";
}

/** Why there was no answer. Of the exception nothing goes on but its name. */
export function failure(error: unknown): MigrationFailure {
  if (error instanceof MigrationFailure) return error;
  const { name = "", code = "", $metadata } = thrown(error);
  // First the code, because the SDK calls a broken connection a TimeoutError.
  const unanswered = lookUp(NO_ANSWER, code) ?? (isCertificateError(code) ? "source_unavailable" : undefined);
  if (unanswered !== undefined) return new MigrationFailure(unanswered, code);
  const outcome = lookUp(FAILURES, name) ?? lookUp(NO_ANSWER, name);
  if (outcome !== undefined) return new MigrationFailure(outcome, name);
  const status = $metadata?.httpStatusCode ?? 0;
  const fallback = status === 429 ? "throttled" : status >= 500 ? "source_unavailable" : "unexpected";
  return new MigrationFailure(fallback, errorCode(code) ?? errorName(name));
}
