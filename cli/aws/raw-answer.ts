import type {
  $Command,
  CognitoIdentityProviderClient,
  CognitoIdentityProviderClientResolvedConfig,
  ServiceInputTypes,
  ServiceOutputTypes,
} from "@aws-sdk/client-cognito-identity-provider";
import { looseObject } from "valibot";
import { parseJson } from "../../config/json-text";
import { bytesOf, type HttpAnswer, textOf } from "./answer-bytes";
import type { JsonObject } from "./json";
import { UnusableAnswer } from "./unusable-answer";

type CognitoCommand<Input extends ServiceInputTypes, Output extends ServiceOutputTypes> = $Command<
  Input,
  Output,
  CognitoIdentityProviderClientResolvedConfig,
  ServiceInputTypes,
  ServiceOutputTypes
>;

/**
 * Sends a command and returns the answer as AWS sent it. The SDK's own answer lacks every member that is newer than this
 * version of the SDK, and an update made from it would reset those.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-updating.html
 */
export async function sendForRawAnswer<Input extends ServiceInputTypes, Output extends ServiceOutputTypes>(
  client: CognitoIdentityProviderClient,
  command: CognitoCommand<Input, Output>,
): Promise<JsonObject> {
  let raw: Uint8Array = new Uint8Array();
  command.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      raw = await bytesOf(result.response as HttpAnswer);
      return result;
    },
    // Nearest to the network, so before the SDK's own deserializer.
    { step: "deserialize", priority: "low", name: "keepRawAnswer" },
  );
  await client.send(command);
  const answer = parseJson(looseObject({}), textOf(raw));
  if ("value" in answer) return answer.value as JsonObject;
  throw new UnusableAnswer("AWS", answer.found);
}

/** Writes a command as the SDK would send it, and sends nothing. @returns the request's body. */
export async function serialized<Input extends ServiceInputTypes, Output extends ServiceOutputTypes>(
  client: CognitoIdentityProviderClient,
  command: CognitoCommand<Input, Output>,
): Promise<JsonObject> {
  let body: string | Uint8Array = "{}";
  command.middlewareStack.add(
    () => async (args) => {
      body = (args.request as { body: string | Uint8Array }).body;
      return { response: undefined, output: { $metadata: {} } as Output };
    },
    { step: "build", priority: "high", name: "sendNothing" },
  );
  await client.send(command);
  return JSON.parse(typeof body === "string" ? body : textOf(body)) as JsonObject;
}
