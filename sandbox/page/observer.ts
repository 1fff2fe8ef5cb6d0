import { USER_MIGRATION } from "../../rules/triggers";
import type { PaperWorld } from "../accounts/from-synth";
import type { ServiceName, Side, Tell } from "../accounts/world";
import type { Misbehaviour, Request, Response } from "../aws/http";
import { jsonOf } from "../aws/json-of";
import { ownLine } from "../aws/own-line";
import { targetOf } from "../aws/signed-service";
import type { Body } from "../aws/user-pool/input";
import { PUBLIC_OPERATIONS } from "../aws/user-pool/operations";
import type { OpenStory, Stories } from "./stories";
import { type Answer, beginning, codeSent, decision, ending, ownEntry } from "./words";

/** Calls of an application's server: with credentials, and for users all the same. */
const OF_SERVERS = ["AdminInitiateAuth", "AdminRespondToAuthChallenge"];

/** What the function asks the source. */
const OF_FUNCTION: Readonly<Record<string, { readonly asks: string; readonly hears: string }>> = {
  AdminInitiateAuth: { asks: "signs in at the source with that password", hears: "lets the sign-in through" },
  AdminGetUser: { asks: "asks the source for the profile", hears: "tells status, attributes and second factors" },
};

interface Seen {
  readonly story: OpenStory;
  /** Whether an application's call brings a password along. */
  readonly hasPassword: boolean;
  readonly wasKnown: boolean;
  wasAsked: boolean;
  wasCreated: boolean;
  codeWasSent: boolean;
}

const NOTHING_YET = { wasAsked: false, wasCreated: false, codeWasSent: false };

type Answered = (answer: Response | Misbehaviour) => void;
const NOBODY_LISTENS: Answered = () => undefined;

/** Makes stories of what the accounts' services are asked. What it hears holds passwords and tokens; what it tells holds none. */
export class Observer implements Required<Tell> {
  private readonly calls: Seen[] = [];
  /** The function takes one event after the other; the first of these is the one that it is at. */
  private readonly invoked: Seen[] = [];
  private lastInvoked: Seen | undefined;

  constructor(
    private readonly world: PaperWorld,
    private readonly stories: Stories,
  ) {}

  readonly request = (service: ServiceName, request: Request): Answered => {
    if (service === "cognitoIdentityProvider") return this.ofUserPools(request);
    if (service === "lambda") return this.invocation(request);
    return service === "sts" ? this.role(request) : NOBODY_LISTENS;
  };

  readonly log = (line: string): void => {
    const own = ownLine(line);
    if (own !== undefined && isMigration(own.trigger_source)) this.lastInvoked?.story.step("Function", decision(own));
  };

  readonly code: Required<Tell>["code"] = (code, sent, side) => {
    const seen = side === "destination" ? this.calls.at(-1) : undefined;
    if (seen === undefined) return;
    this.noticeCreation(seen);
    seen.codeWasSent = true;
    seen.story.step("Destination", codeSent(code, sent));
  };

  private ofUserPools(request: Request): Answered {
    const operation = targetOf(request);
    const body = (jsonOf(request.body) ?? {}) as Body;
    const { source, destination } = this.world;
    const isOf = ({ userPoolId, userPool }: Side): boolean =>
      body["UserPoolId"] === userPoolId || userPool.clients.find(String(body["ClientId"])) !== undefined;
    if (isOf(source)) return this.askedOfSource(operation, request);
    const isOfApp = PUBLIC_OPERATIONS.has(operation) || OF_SERVERS.includes(operation);
    return isOfApp && isOf(destination) ? this.byApp(operation, body) : NOBODY_LISTENS;
  }

  private byApp(operation: string, body: Body): Answered {
    const { users } = this.world.destination.userPool;
    const username = nameIn(body);
    const { title, text, call, hasPassword } = beginning(operation, body);
    const story = this.stories.begin(title, username);
    story.step("App", text, call);
    const wasKnown = users.find(username) !== undefined;
    const seen: Seen = { ...NOTHING_YET, story, hasPassword, wasKnown };
    this.calls.push(seen);
    return (response) => {
      this.calls.splice(this.calls.indexOf(seen), 1);
      this.noticeCreation(seen);
      if (hasPassword && wasKnown && !seen.wasAsked)
        story.step("Destination", "knows this user and checks the password itself: the function is not called");
      const { text: last, verdict } = ending({ ...seen, operation, answer: answerIn(response) });
      story.step("Destination", last);
      story.end(verdict);
    };
  }

  private noticeCreation(seen: Seen): void {
    const user = this.world.destination.userPool.users.find(seen.story.username);
    if (seen.wasKnown || seen.wasCreated || user === undefined) return;
    seen.wasCreated = true;
    const password = seen.hasPassword && user.status === "CONFIRMED" ? ", with this password" : "";
    seen.story.step("Destination", `creates the user ${user.status}${password}`);
  }

  private askedOfSource(operation: string, { headers }: Request): Answered {
    const [seen] = this.invoked;
    const words = ownEntry(OF_FUNCTION, operation);
    if (seen === undefined || words === undefined || !this.isSignedBy("sourceRole", headers)) return NOBODY_LISTENS;
    seen.story.step("Function", words.asks, operation);
    return (response) => {
      const { error, challenge } = answerIn(response);
      const asked = challenge === undefined ? words.hears : `asks for more: ${challenge}`;
      seen.story.step("Source", error === undefined ? asked : `refuses: ${error}`);
    };
  }

  private role({ headers, body }: Request): Answered {
    const [seen] = this.invoked;
    const isAssuming = new URLSearchParams(body).get("Action") === "AssumeRole";
    if (seen === undefined || !isAssuming || !this.isSignedBy("lambdaRole", headers)) return NOBODY_LISTENS;
    seen.story.step("Function", "asks for the role in the source account, once an hour", "AssumeRole");
    return (response) =>
      seen.story.step("Source", answerIn(response).error === undefined ? "lends the role" : "refuses the role");
  }

  private isSignedBy(role: "sourceRole" | "lambdaRole", headers: Request["headers"]): boolean {
    return this.world.credentials.whoSigned(headers)?.arn === this.world.deployed[role].arn;
  }

  private invocation({ method, path, body }: Request): Answered {
    const event = jsonOf(body) as { triggerSource?: string; userName?: string } | undefined;
    const { triggerSource } = event ?? {};
    if (method !== "POST" || !path.includes("/invocations") || !isMigration(triggerSource)) return NOBODY_LISTENS;
    const userName = event?.userName ?? "";
    const call = this.calls.find(({ story, wasAsked }) => !wasAsked && sameName(story.username, userName));
    // An operator's `try` asks the function, and no user pool has asked before.
    const story = call?.story ?? this.stories.begin("Tried by an operator", userName);
    const seen = call ?? { ...NOTHING_YET, story, hasPassword: false, wasKnown: true };
    seen.wasAsked = true;
    if (call !== undefined) story.step("Destination", "does not know this user, and asks the function", triggerSource);
    this.invoked.push(seen);
    this.lastInvoked = seen;
    return () => {
      this.invoked.splice(this.invoked.indexOf(seen), 1);
      if (call === undefined) story.end({ is: "good", text: "Tried: nobody was created" });
    };
  }
}

const isMigration = (triggerSource: string | undefined): boolean =>
  Object.values<string | undefined>(USER_MIGRATION.sources).includes(triggerSource);

/** Empty where a token says who calls. */
function nameIn({ Username, AuthParameters, ChallengeResponses }: Body): string {
  const parameters = (AuthParameters ?? ChallengeResponses ?? {}) as Body;
  return String(Username ?? parameters["USERNAME"] ?? "");
}

/** Cognito hands the name on in small letters where the pool has none in capitals. */
const sameName = (typed: string, handedOn: string): boolean => typed.toLowerCase() === handedOn.toLowerCase();

/** What an answer says, and nothing that is secret. */
function answerIn(response: Response | Misbehaviour): Answer {
  if (typeof response === "function") return { error: "no answer", message: "The connection broke.", hasTokens: false };
  const body = (jsonOf(response.body) ?? {}) as Body;
  const { __type: type, message, ChallengeName: challenge } = body;
  return {
    ...(response.status !== 200 && { error: String(type ?? response.status), message: String(message ?? "") }),
    ...(typeof challenge === "string" && { challenge }),
    hasTokens: body["AuthenticationResult"] !== undefined,
  };
}
