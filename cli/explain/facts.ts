import type { CommandLines } from "../../config/command-lines";
import type { MigrationRules } from "../../rules/hand-over";
import type { OutcomeName } from "../../rules/outcome";
import type { PoolRules } from "../pools/pool-rules";
import type { StampKeys } from "../pools/stamp-keys";
import type { KnownUser } from "../pools/user-matching";

export interface FoundUser extends KnownUser {
  readonly status: string;
  readonly enabled: boolean;
  readonly created: Date | undefined;
  readonly modified: Date | undefined;
  /** Second factors. Undefined: nobody asked, or AWS refused to tell. */
  readonly factors: readonly string[] | undefined;
}

/** What is known of stamps, and of what follows from them. */
export interface StampFacts {
  readonly keys: StampKeys;
  readonly groupsMode: "off" | "token" | "token+member";
  /** Seconds for which a stamp gives groups. */
  readonly groupsWindow: number;
}

export interface SideFacts {
  /** All who have one of the names, verified or not. */
  readonly users: readonly FoundUser[];
  /** Whom the name as typed signs in. */
  readonly typed: FoundUser | undefined;
  /** Whom it signs in as the destination hands it on. */
  readonly handedOn: FoundUser | undefined;
}

export type FunctionFacts =
  | { readonly kind: "read"; readonly rules: MigrationRules; readonly logUserKey: string }
  /** The settings here stand in for the function's own. */
  | { readonly kind: "unread"; readonly rules: MigrationRules; readonly because: string }
  /** It refuses to work with the environment that it has. */
  | { readonly kind: "malformed"; readonly because: string }
  | { readonly kind: "absent" };

/** What the function wrote about one sign-in. */
export interface LogEntry {
  readonly at: Date;
  /** The name that was typed. */
  readonly name: string;
  /** Kind of an outcome; for a tried sign-in, and for a refusal or failure, its name. */
  readonly outcome: string;
  readonly isForgottenPassword: boolean;
  /** An operator tried it: nobody was made. */
  readonly isTried: boolean;
  readonly errorName: string | undefined;
}

export type LogFacts =
  | { readonly since: Date; readonly entries: readonly LogEntry[]; readonly keptDays: number }
  | { readonly because: string };

/** All that was read, and nothing that was not. */
export interface Facts {
  /** As the person types it. */
  readonly name: string;
  readonly commands: CommandLines;
  readonly rules: PoolRules;
  readonly sourceMfaConfiguration: string;
  readonly destinationUserPoolId: string;
  readonly source: SideFacts;
  readonly destination: SideFacts;
  readonly trigger: "attached" | "another" | "none";
  readonly function: FunctionFacts;
  readonly log: LogFacts;
  /** With what stamps are verified; undefined where the function writes none, or nobody may read it. */
  readonly stamps: StampFacts | undefined;
  readonly now: Date;
  /** What AWS did not tell, a sentence each. */
  readonly unread: readonly string[];
}

/** A name by which somebody may try to sign in. */
export interface NameRow {
  readonly name: string;
  /** What it is at the source, such as `email, verified`. */
  readonly is: string;
  readonly worksAtSource: boolean;
  /** Whether the person may come over by it. */
  readonly worksAtFirst: boolean;
  /** Whether it works at the destination once the person is there: as it is, where the person is there already. */
  readonly worksAfterwards: boolean;
  /** Absent where all is well. */
  readonly because?: string;
}

/** What would become of a sign-in with this name now. */
export type Ending =
  /** With the right password. */
  | "works"
  /** A code or another password is needed first. */
  | "needs_new_password"
  | "refused"
  | "fails"
  | "unknown";

export interface Verdict {
  readonly ending: Ending;
  /** Of docs/outcomes.md: what the function would say. Absent where it is not asked. */
  readonly outcome: OutcomeName | undefined;
  readonly because: string;
  /** What cannot be known without the password. */
  readonly unknowable: readonly string[];
  readonly next: readonly string[];
}
