import type {
  $Command,
  CognitoIdentityProviderClient,
  CognitoIdentityProviderClientResolvedConfig,
  ServiceInputTypes,
  ServiceOutputTypes,
} from "@aws-sdk/client-cognito-identity-provider";
import type { JsonObject } from "../user-pool-update/json";

type CognitoCommand<Input extends ServiceInputTypes, Output extends ServiceOutputTypes> = $Command<
  Input,
  Output,
  CognitoIdentityProviderClientResolvedConfig,
  ServiceInputTypes,
  ServiceOutputTypes
>;

interface HttpAnswer {
  body: AsyncIterable<Uint8Array> | Uint8Array;
}

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
      const answer = result.response as HttpAnswer;
      raw = await bytesOf(answer.body);
      answer.body = raw;
      return result;
    },
    // Nearest to the network, so before the SDK's own deserializer.
    { step: "deserialize", priority: "low", name: "keepRawAnswer" },
  );
  await client.send(command);
  return JSON.parse(textOf(raw)) as JsonObject;
}

/**
 * Writes a command as the SDK would send it, and sends nothing.
 *
 * @returns the request's body.
 */
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

async function bytesOf(body: HttpAnswer["body"]): Promise<Uint8Array> {
  if (body instanceof Uint8Array) return body;
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
