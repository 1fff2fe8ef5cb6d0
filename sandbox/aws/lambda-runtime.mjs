// Runs a deployed function the way Lambda does: load once, then one event at a time in the same process. The environment of
// this process is the function's own. https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
import { join } from "node:path";
import { pathToFileURL } from "node:url";

process.on("disconnect", () => process.exit());

const [file, name] = process.env.LAMBDA_HANDLER.split(".");
const { [name]: handler } = await import(pathToFileURL(join(process.env.LAMBDA_TASK_ROOT, `${file}.mjs`)).href);

process.on("message", async ({ event, requestId, timeoutMs }) => {
  const started = performance.now();
  const context = {
    awsRequestId: requestId,
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    getRemainingTimeInMillis: () => Math.max(0, timeoutMs - (performance.now() - started)),
  };
  try {
    const result = await handler(JSON.parse(event), context);
    process.send({ payload: JSON.stringify(result) });
  } catch (error) {
    const payload = JSON.stringify({
      errorType: error.name,
      errorMessage: error.message,
      trace: (error.stack ?? "").split("\n"),
    });
    console.error(payload);
    process.send({ payload, failed: true });
  }
});
process.send({ ready: true });
