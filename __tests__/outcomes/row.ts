import { FAILURES } from "../../rules/answers";
import type { OutcomeName } from "../../rules/outcome";

/** An answer of AWS, as far as a row needs it; whoever plays AWS writes it onto the wire. */
export type AwsAnswer =
  /** `onlyFor`: a case-sensitive source knows the user by this name, and not by another spelling of it. */
  | {
      readonly kind: "tokens";
      readonly of?: "another user" | "nobody";
      readonly onlyFor?: string;
      readonly groups?: readonly string[];
    }
  /** `of`: without it, of the user whose profile it is. */
  | { readonly kind: "challenge"; readonly name: string; readonly of?: "nobody" }
  | {
      readonly kind: "user";
      readonly status?: string;
      readonly enabled?: false;
      readonly attributes?: Attributes;
      readonly secondFactors?: readonly string[];
    }
  | { readonly kind: "exception"; readonly name: string; readonly message?: string; readonly httpStatus?: number }
  | { readonly kind: "nothing understood" | "credentials" | "broken connection" | "never" };

type Attributes = Readonly<Record<string, string>>;
export type Operation = "AssumeRole" | "AdminInitiateAuth" | "AdminGetUser";

/** One line of docs/outcomes.md and one test against the packaged function. */
export interface OutcomeRow {
  readonly from: Operation | "AdminGetUser, forgotten password" | "the event" | "the network";
  /** What is answered, or is the case. */
  readonly result: string;
  readonly outcome: OutcomeName;
  /** What differs from a sign-in in which everything goes well. */
  readonly answers?: { readonly [Name in Operation]?: AwsAnswer };
  readonly event?: { readonly [field: string]: unknown };
  readonly environment?: Readonly<Record<string, string>>;
}

/** What the event of somebody who has forgotten the password has instead of one. */
export const FORGOTTEN = { triggerSource: "UserMigration_ForgotPassword", request: {} } as const;

export const VERIFIED_PHONE = { phone_number: "+15555550100", phone_number_verified: "true" } as const;
export const NO_VERIFIED_ADDRESS = { email_verified: "false" } as const;

const SERVER_ERRORS = /^(Internal|ServiceUnavailable)/;

export const keys = <Name extends string>(table: Readonly<Record<Name, unknown>>): Name[] =>
  Object.keys(table) as Name[];

export const exception = (name: string, message?: string): AwsAnswer => ({
  kind: "exception",
  name,
  httpStatus: SERVER_ERRORS.test(name) ? 500 : 400,
  ...(message === undefined ? {} : { message }),
});

/** Exceptions that no call documents, by HTTP status. */
const UNFORESEEN: readonly (readonly [number, OutcomeName])[] = [
  [400, "unexpected"],
  [429, "throttled"],
  [503, "source_unavailable"],
];

export function failuresOf(from: Operation, except: readonly string[] = []): OutcomeRow[] {
  return [
    ...keys(FAILURES)
      .filter((name) => !except.includes(name))
      .map((name) => ({ from, result: name, outcome: FAILURES[name], answers: { [from]: exception(name) } })),
    ...UNFORESEEN.map(([httpStatus, outcome]) => ({
      from,
      result: `any other exception, HTTP ${httpStatus}`,
      outcome,
      answers: { [from]: { kind: "exception", name: "FutureException", httpStatus } as const },
    })),
  ];
}
