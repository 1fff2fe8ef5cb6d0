/** What a browser is told, whole every time: it draws what has changed. No password and no token is in it. */
export interface PageState {
  readonly app: AppState;
  /** The last first. */
  readonly stories: readonly Story[];
  readonly pools: { readonly source: PoolState; readonly destination: PoolState };
}

/** What the user of an application sees. */
export interface AppState {
  readonly signedInAs?: string;
  /** The application's last word. */
  readonly note: string;
  readonly isGood: boolean;
  /** For whom a code is awaited. */
  readonly resetFor?: string;
  /** The last message in that user's inbox, which a sandbox has to show. */
  readonly message?: string;
}

/** One call of an application, and everything that it sets off. */
export interface Story {
  readonly id: number;
  readonly title: string;
  readonly username: string;
  /** UTC, as HH:MM:SS. */
  readonly at: string;
  readonly steps: readonly Step[];
  /** Absent while it goes on. */
  readonly verdict?: Verdict;
}

export interface Verdict {
  readonly text: string;
  readonly is: "good" | "refused" | "waiting";
}

export const ACTORS = ["App", "Destination", "Function", "Source"] as const;

export interface Step {
  /** Milliseconds since the story began. */
  readonly afterMs: number;
  /** Who acts or answers. */
  readonly actor: (typeof ACTORS)[number];
  readonly text: string;
  /** AWS's name of the call. */
  readonly call?: string | undefined;
}

export interface PoolState {
  readonly id: string;
  readonly account: string;
  readonly count: number;
  /** As many as a screen takes, the first created first. */
  readonly users: readonly PoolUser[];
}

export interface PoolUser {
  readonly key: string;
  readonly name: string;
  /** As Cognito names it, or `disabled`. */
  readonly status: string;
  /** Of the source: whether the destination has such a user, too. */
  readonly hasCome: boolean;
}

/** A user whom the page has buttons for. */
export interface SampleOnPage {
  readonly username: string;
  /** What happens at the first sign-in. */
  readonly expect: string;
  readonly hasPassword: boolean;
}

/** What the page asks its server for. The browser knows no sample's password. */
export type Action =
  | { readonly do: "signIn"; readonly username: string; readonly password: string }
  | { readonly do: "signInSample"; readonly username: string; readonly password: "right" | "wrong" }
  | { readonly do: "forgot"; readonly username: string }
  | { readonly do: "setPassword"; readonly code: string; readonly password: string }
  | { readonly do: "signOut" };
