import type { World } from "../accounts/world";
import { jsonOf } from "../aws/json-of";
import type { Sent } from "../aws/user-pool/codes";
import type { Action, AppState } from "./page-state";

/** The application behind the page, as a user has one on a phone. Its tokens never reach the browser. */
export class Application {
  private current: AppState = { note: "Nobody is signed in.", isGood: true };
  private message: string | undefined;
  /** Of whoever is signed in. */
  private refreshToken: string | undefined;

  constructor(
    private readonly world: Pick<World, "source" | "destination" | "urls">,
    private readonly changed: () => void,
  ) {}

  get state(): AppState {
    return { ...this.current, ...(this.current.resetFor && this.message && { message: this.message }) };
  }

  /** What the destination sends to its users comes here: nobody has a real inbox. */
  receive(code: string, { purpose, delivery: { Destination } }: Sent): void {
    this.message = `Your code is ${code}. To ${Destination}: ${purpose}.`;
    this.changed();
  }

  async do(action: Action): Promise<void> {
    this.current = await this.next(action);
    this.changed();
  }

  private async next(action: Action): Promise<AppState> {
    switch (action.do) {
      case "signIn":
        return this.signIn(action.username, action.password);
      case "signInSample": {
        const right = this.passwordOf(action.username);
        return this.signIn(action.username, action.password === "right" ? right : `${right}x`);
      }
      case "forgot":
        return this.askForCode(action.username);
      case "setPassword":
        return this.setPassword(action.code, action.password);
      case "signOut":
        return this.signOut();
    }
  }

  /** As a person knows it: the one at the destination counts from the day it is there. */
  private passwordOf(username: string): string {
    const { source, destination } = this.world;
    const known = [destination, source].map(({ userPool }) => userPool.users.find(username)?.password);
    return known.find((password) => password !== undefined) ?? "";
  }

  private async signIn(username: string, password: string): Promise<AppState> {
    const parameters = { USERNAME: username, PASSWORD: password };
    const answer = await this.call("InitiateAuth", { AuthFlow: "USER_PASSWORD_AUTH", AuthParameters: parameters });
    const tokens = answer["AuthenticationResult"] as { readonly RefreshToken: string } | undefined;
    if (tokens !== undefined) {
      this.refreshToken = tokens.RefreshToken;
      return { signedInAs: username, note: `Signed in as ${username}.`, isGood: true };
    }
    const { ChallengeName: challenge } = answer;
    return failed(challenge === undefined ? told(answer) : `Asks for ${challenge}, which this page does not answer.`);
  }

  /** As Amplify does it: on this device, and the tokens are worth nothing elsewhere either. */
  private async signOut(): Promise<AppState> {
    const { refreshToken: Token } = this;
    this.refreshToken = undefined;
    const answer = Token === undefined ? {} : await this.call("RevokeToken", { Token });
    return answer["__type"] === undefined
      ? { note: "Signed out.", isGood: true }
      : failed(`Signed out here; the tokens still count elsewhere. ${told(answer)}`);
  }

  private async askForCode(username: string): Promise<AppState> {
    this.message = undefined;
    const answer = await this.call("ForgotPassword", { Username: username });
    if (answer["CodeDeliveryDetails"] === undefined) return failed(told(answer));
    return { note: "A code is on its way.", isGood: true, resetFor: username };
  }

  private async setPassword(code: string, password: string): Promise<AppState> {
    const { resetFor: username } = this.current;
    if (username === undefined) return failed("Ask for a code first.");
    const given = { Username: username, ConfirmationCode: code, Password: password };
    const answer = await this.call("ConfirmForgotPassword", given);
    if (answer["__type"] !== undefined) return { ...failed(told(answer)), resetFor: username };
    return { note: "The new password is set. Sign in with it.", isGood: true };
  }

  /** As an application without credentials calls it. */
  private async call(operation: string, body: object): Promise<Readonly<Record<string, unknown>>> {
    const { urls, destination } = this.world;
    const response = await fetch(urls.cognitoIdentityProvider, {
      method: "POST",
      headers: {
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": `AWSCognitoIdentityProviderService.${operation}`,
      },
      body: JSON.stringify({ ClientId: destination.clientId, ...body }),
    });
    return (jsonOf(await response.text()) ?? {}) as Readonly<Record<string, unknown>>;
  }
}

const failed = (note: string): AppState => ({ note, isGood: false });
const told = (answer: Readonly<Record<string, unknown>>): string => String(answer["message"] ?? "No answer.");
