import { NodeHttpHandler } from "@smithy/node-http-handler";
import { bytesOf, type HttpAnswer } from "./answer-bytes";

/** Until there is a connection. */
export const CONNECT_MS = 5000;

/** From then on until the last byte of the answer. One that takes longer has to be asked for with a `requestTimeout` of its own. */
export const ANSWER_MS = 30_000;

type Handle = NodeHttpHandler["handle"];

/** The whole answer was not there in time. The SDK knows by the name that it may ask again. */
export class TooLate extends Error {
  override readonly name = "TimeoutError";

  constructor(readonly seconds: number) {
    super(`no whole answer within ${seconds} s`);
  }
}

/**
 * The SDK's own HTTP with a limit for each attempt, body included. Its `requestTimeout` ends with the first line of the answer and only
 * warns, `socketTimeout` begins anew with every byte, and both are off unless set:
 * https://github.com/aws/aws-sdk-js-v3/blob/main/supplemental-docs/CLIENTS.md#request-handler-requesthandler
 */
export class LimitedHttp extends NodeHttpHandler {
  constructor() {
    super({ connectionTimeout: CONNECT_MS, socketTimeout: 0 });
  }

  override async handle(...[request, { abortSignal, requestTimeout = ANSWER_MS } = {}]: Parameters<Handle>) {
    const attempt = new AbortController();
    const given = abortSignal as AbortSignal | undefined;
    const stop = (): void => attempt.abort(given?.reason);
    let isTooLate = false;
    const limit = setTimeout(() => {
      isTooLate = true;
      attempt.abort();
    }, requestTimeout);
    if (given?.aborted) stop();
    given?.addEventListener("abort", stop, { once: true });
    try {
      const answered = await super.handle(request, { abortSignal: attempt.signal });
      await bytesOf(answered.response as HttpAnswer);
      return answered;
    } catch (error) {
      throw isTooLate ? new TooLate(requestTimeout / 1000) : error;
    } finally {
      clearTimeout(limit);
      given?.removeEventListener("abort", stop);
    }
  }
}
