import { randomBytes } from "node:crypto";
import { type AppClient, challengeEnds } from "./app-clients";
import { notAuthorized } from "./exception";
import type { User } from "./user";

export interface Session {
  readonly username: string;
  readonly challenge: string;
  /** Who has proven a password. Undefined: nobody has yet. */
  readonly of?: Pick<User, "attributes" | "password">;
}

/** Whether somebody is still who it was, with the password that it was. */
export const isSame = (before: Pick<User, "attributes" | "password">, now: User): boolean =>
  before.attributes["sub"] === now.attributes["sub"] && before.password === now.password;

interface Open extends Session {
  readonly clientId: string;
  readonly ends: Date;
}

/** Sign-ins that wait for the answer to a challenge. */
export class Sessions {
  private readonly open = new Map<string, Open>();

  constructor(private readonly now: () => Date) {}

  start(client: AppClient, session: Session): string {
    const name = randomBytes(48).toString("base64url");
    this.open.set(name, { ...session, clientId: client.ClientId, ends: challengeEnds(client, this.now()) });
    return name;
  }

  has(name: string): boolean {
    return this.open.has(name);
  }

  /** @throws NotAuthorizedException for one that is over, of another client or of another challenge. */
  get(name: string, { clientId, challenge }: { readonly clientId?: string; readonly challenge: string }): Session {
    const session = this.open.get(name);
    if (session?.challenge !== challenge || session.clientId !== (clientId ?? session.clientId))
      throw notAuthorized("Invalid session for the user.");
    if (session.ends <= this.now()) {
      this.end(name);
      throw notAuthorized("Invalid session for the user, session is expired.");
    }
    return session;
  }

  /** Once its challenge is answered. A wrong answer leaves it open, so that a user may try another code. */
  end(name: string): void {
    this.open.delete(name);
  }
}
