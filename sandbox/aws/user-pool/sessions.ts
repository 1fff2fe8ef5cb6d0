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

  /** Once. @throws NotAuthorizedException */
  take(name: string, clientId: string, challenge: string): Session {
    const session = this.open.get(name);
    if (session === undefined || session.clientId !== clientId || session.challenge !== challenge)
      throw notAuthorized("Invalid session for the user.");
    this.open.delete(name);
    return session;
  }
}
