/** An answer as the HTTP handler gives it, before the SDK has read it. */
export interface HttpAnswer {
  readonly statusCode: number;
  body: AsyncIterable<Uint8Array> | Uint8Array | undefined;
}

/** Reads the body, and leaves it there for whoever reads it next. */
export async function bytesOf(answer: HttpAnswer): Promise<Uint8Array> {
  const { body } = answer;
  if (body instanceof Uint8Array) return body;
  const chunks: Uint8Array[] = [];
  for await (const chunk of body ?? []) chunks.push(chunk);
  answer.body = Buffer.concat(chunks);
  return answer.body;
}

export const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
