// Runs a deployed function the way Lambda does: load once, then one event at a time in the same process. The environment of
// this process is the function's own. https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
import { join } from "node:path";
import { pathToFileURL } from "node:url";

process.on("disconnect", () => process.exit());

const [file, name] = process.env.LAMBDA_HANDLER.split(".");
const path = process.env.SANDBOX_HANDLER_FILE ?? join(process.env.LAMBDA_TASK_ROOT, `${file}.mjs`);
const loaded = await import(pathToFileURL(path).href);
// A CommonJS module may keep its exports together.
const handler = loaded[name] ?? loaded.default?.[name];
if (typeof handler !== "function") throw new Error(`no function is exported as ${name}`);

/** With a callback, as functions for earlier versions of Node.js are written, or with a promise. */
const answerOf = (event, context) =>
  handler.length < 3
    ? handler(event, context)
    : new Promise((resolve, reject) => {
        const settled = handler(event, context, (error, result) => (error ? reject(error) : resolve(result)));
        // One that is async answers by its promise, too.
        settled?.then?.(resolve, reject);
      });

process.on("message", async ({ event, requestId, timeoutMs }) => {
  const started = performance.now();
  const context = {
    awsRequestId: requestId,
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    getRemainingTimeInMillis: () => Math.max(0, timeoutMs - (performance.now() - started)),
  };
  try {
    const result = await answerOf(JSON.parse(event), context);
    process.send({ payload: JSON.stringify(result ?? null) });
  } catch (error) {
    const payload = JSON.stringify({
      errorType: error.name,
      errorMessage: error.message ?? String(error),
      trace: (error.stack ?? "").split("\n"),
    });
    console.error(payload);
    process.send({ payload, failed: true });
  }
});
process.send({ ready: true });
