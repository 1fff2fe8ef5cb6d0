import { outcomeNamed } from "../../rules/outcome";
import type { OwnLine } from "../aws/own-line";
import type { Sent } from "../aws/user-pool/codes";
import type { Body } from "../aws/user-pool/input";
import type { Verdict } from "./page-state";

/** What an application begins with a call of the destination, in words. */
export interface Beginning {
  readonly title: string;
  readonly text: string;
  readonly call: string;
  /** Whether Cognito compares a password, and asks the function where it knows nobody of that name. */
  readonly hasPassword: boolean;
}

const PASSWORD_FLOWS = ["USER_PASSWORD_AUTH", "ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH"];

const OTHER_FLOWS: Readonly<Record<string, readonly [title: string, text: string]>> = {
  USER_SRP_AUTH: ["Sign-in over SRP", "begins SRP: the password stays on the device"],
  USER_AUTH: ["Sign-in", "asks how this user may sign in"],
  REFRESH_TOKEN_AUTH: ["Refresh", "shows its refresh token, for new tokens"],
  REFRESH_TOKEN: ["Refresh", "shows its refresh token, for new tokens"],
};

const OPERATIONS: Readonly<Record<string, readonly [title: string, text: string]>> = {
  ForgotPassword: ["Forgotten password", "asks for a code"],
  ConfirmForgotPassword: ["New password", "sends the code and a new password"],
  RevokeToken: ["Sign-out", "asks that the refresh token of this sign-in, and all that came of it, count no longer"],
  GlobalSignOut: ["Sign-out everywhere", "asks that no token of this user count any longer"],
  RespondToAuthChallenge: ["Answer to a challenge", "answers"],
  AdminRespondToAuthChallenge: ["Answer to a challenge", "answers"],
};

/** What a table has itself, and not what every object has. */
export const ownEntry = <Value>(table: Readonly<Record<string, Value>>, name: string): Value | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;

export function beginning(operation: string, body: Body): Beginning {
  const flow = typeof body["AuthFlow"] === "string" ? body["AuthFlow"] : undefined;
  if (flow !== undefined && PASSWORD_FLOWS.includes(flow))
    return {
      title: "Sign-in",
      text: "sends the name and the password to the destination",
      call: `${operation} ${flow}`,
      hasPassword: true,
    };
  const [title, text] = ownEntry(flow === undefined ? OPERATIONS : OTHER_FLOWS, flow ?? operation) ?? [
    operation,
    "calls",
  ];
  return { title, text, call: [operation, flow].filter(Boolean).join(" "), hasPassword: false };
}

/** How a call ended, as far as its words need it. */
export interface Ending {
  readonly operation: string;
  readonly hasPassword: boolean;
  /** Whether the function was asked. */
  readonly wasAsked: boolean;
  /** Whether the destination has the user since. */
  readonly wasCreated: boolean;
  readonly codeWasSent: boolean;
  readonly answer: Answer;
}

/** Of an answer nothing that is secret. */
export interface Answer {
  readonly error?: string;
  readonly message?: string;
  readonly challenge?: string;
  readonly hasTokens: boolean;
}

/** What the destination answers, and what that comes to. */
export function ending(end: Ending): { readonly text: string; readonly verdict: Verdict } {
  const { operation, answer, wasCreated } = end;
  const { error, message, challenge, hasTokens } = answer;
  if (error === "PasswordResetRequiredException")
    return {
      text: "answers that a new password must be set first",
      verdict: { is: "waiting", text: `${wasCreated ? "Has come over, and" : "This user"} must set a new password` },
    };
  if (error === "UserLambdaValidationException")
    return { text: `passes on what the function said: ${message}`, verdict: { is: "refused", text: "Failed" } };
  if (error !== undefined)
    return { text: `refuses: ${error}. ${message}`, verdict: { is: "refused", text: "Refused" } };
  if (hasTokens) return { text: "answers with tokens", verdict: { is: "good", text: signedIn(end) } };
  if (challenge !== undefined)
    return {
      text: `asks for more: ${challenge}. This page answers no challenge`,
      verdict: { is: "waiting", text: `Waits for ${challenge}` },
    };
  if (operation === "ForgotPassword")
    return {
      text: "answers that a code is on its way",
      verdict: end.codeWasSent
        ? { is: "waiting", text: "A code was sent" }
        : { is: "refused", text: "No code was sent; it answers so for whomever no code reaches" },
    };
  if (operation === "ConfirmForgotPassword")
    return { text: "takes the new password", verdict: { is: "good", text: "New password set" } };
  if (operation === "RevokeToken" || operation === "GlobalSignOut")
    return { text: "revokes the tokens", verdict: { is: "good", text: "Signed out" } };
  return { text: "answers", verdict: { is: "good", text: "Done" } };
}

function signedIn({ wasCreated, wasAsked, hasPassword }: Ending): string {
  if (wasCreated) return "Migrated and signed in";
  return hasPassword && !wasAsked ? "Signed in, without the function" : "Signed in";
}

/** What the function says of an event in its log. */
export function decision(own: OwnLine): string {
  const left = [...(own.dropped_attributes ?? []), ...(own.dropped_factors ?? [])];
  const more = [
    `${own.duration_ms} ms`,
    own.cold_start === true && "cold start",
    left.length > 0 && `left behind: ${left.join(", ")}`,
  ].filter(Boolean);
  const { reason = "" } = own;
  const means = outcomeNamed(reason)?.means ?? own.message.replace(/^(?:tried: )?\w+: /, "");
  const answered: Readonly<Record<string, string>> = {
    refused: `answers as if there were no such user. Its log says why: ${means} (${reason})`,
    failed: `fails. Its log says why: ${means} (${reason})`,
  };
  return `${answered[own.outcome ?? ""] ?? `answers: ${means}`}. ${more.join("; ")}`;
}

/** Where a code goes, with no more of the address than Cognito tells an application. */
export const codeSent = (code: string, { delivery: { DeliveryMedium, Destination } }: Sent): string =>
  `sends the code ${code} by ${DeliveryMedium === "SMS" ? "text message" : "e-mail"} to ${Destination}`;
