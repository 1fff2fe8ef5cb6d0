import { isPage } from "../../config/json-text";
import { bytesOf, type HttpAnswer, textOf } from "./answer-bytes";
import { UnusableAnswer } from "./unusable-answer";

/** What AWS answers with an empty body when all is well, of what this program calls. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminAddUserToGroup.html */
const MAY_BE_EMPTY = new Set<string | undefined>(["AdminAddUserToGroupCommand", "UpdateUserPoolCommand"]);

/** Bytes that tell a page from an answer. */
const BEGINNING = 512;

export interface Call {
  readonly request?: unknown;
}

type Next = (call: Call) => Promise<{ readonly response: unknown }>;

/** Of whatever client. `finalizeRequest` is beneath the SDK's retries, so it sees every attempt. */
export interface ClientStack {
  add(middleware: object, options: { readonly step: "initialize" }): void;
  add(middleware: object, options: { readonly step: "finalizeRequest"; readonly priority: "low" }): void;
  add(middleware: object, options: { readonly step: "deserialize"; readonly priority: "high" | "low" }): void;
}

/**
 * Tells what AWS has sent from what a proxy, a firewall or the sign-in page of a network has sent in its place. The SDK takes a page for an
 * answer without any member where the protocol is XML, and so does it with an empty body: nobody's account, and no users. Elsewhere its error
 * quotes the page, and is no exception of AWS: https://github.com/smithy-lang/smithy-typescript/issues/555
 */
export function checkAnswers(stack: ClientStack): void {
  // Around the SDK's own deserializer: what that could not read.
  stack.add(
    (next: Next) => async (call: Call) => {
      try {
        return await next(call);
      } catch (error) {
        throw unreadable(error, call) ?? error;
      }
    },
    { step: "deserialize", priority: "high" },
  );
  // Nearest to the network: what it should not read.
  stack.add(
    (next: Next, { commandName }: { readonly commandName?: string }) =>
      async (call: Call) => {
        const result = await next(call);
        const answer = result.response as HttpAnswer;
        const beginning = textOf((await bytesOf(answer)).subarray(0, BEGINNING));
        const found = foundInstead(answer, beginning, MAY_BE_EMPTY.has(commandName));
        if (found !== undefined) throw new UnusableAnswer(hostOf(call), found, answer.statusCode);
        return result;
      },
    { step: "deserialize", priority: "low" },
  );
}

/** @returns undefined where it may be an answer of AWS. What it calls itself counts for nothing: emulators send JSON as text/html. */
function foundInstead({ statusCode }: HttpAnswer, text: string, mayBeEmpty: boolean): string | undefined {
  if (isPage(text)) return "an HTML page";
  return statusCode < 300 && text.trim() === "" && !mayBeEmpty ? "nothing" : undefined;
}

/** The SDK keeps the answer with every error, and with exceptions of AWS also whose fault it is. */
function unreadable(error: unknown, call: Call): UnusableAnswer | undefined {
  if (!(error instanceof Error) || "$fault" in error) return undefined;
  const { $response: answer } = error as { $response?: HttpAnswer };
  return answer && new UnusableAnswer(hostOf(call), "text that is no answer of AWS", answer.statusCode);
}

export const hostOf = ({ request }: Call): string =>
  (request as { hostname?: string } | undefined)?.hostname ?? "The server";
