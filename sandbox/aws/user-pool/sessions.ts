import { randomBytes } from "node:crypto";
import { notAuthorized } from "./exception";

export interface Session {
  readonly username: string;
  readonly clientId: string;
  readonly challenge: string;
}

/** Sign-ins that wait for the answer to a challenge. */
export class Sessions {
  private readonly open = new Map<string, Session>();

  start(session: Session): string {
    const name = randomBytes(48).toString("base64url");
    this.open.set(name, session);
    return name;
  }

  find(name: string): Session | undefined {
    return this.open.get(name);
  }

  /** @throws NotAuthorizedException */
  get(name: string, clientId: string, challenge: string): Session {
    const session = this.open.get(name);
    if (session === undefined || session.clientId !== clientId || session.challenge !== challenge)
      throw notAuthorized("Invalid session for the user.");
    return session;
  }

  /** Once its challenge is answered. A wrong answer leaves it open, so that a user may try another code. */
  end(name: string): void {
    this.open.delete(name);
  }
}
