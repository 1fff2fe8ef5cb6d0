import type { Request, Response } from "./http";
import { errorAnswer, invalidAction, signedService, unknownOperation } from "./signed-service";
import { errorXml } from "./sts";

/**
 * Stands for every service that the sandbox does not have, so that nothing which is meant for the sandbox reaches AWS. It answers in
 * XML who asks in a form, or asks S3, and everybody else in JSON.
 */
export async function otherService(request: Request): Promise<Response> {
  const service = signedService(request);
  const what = service === undefined ? "this service" : `the service ${service}`;
  const isForm = request.headers["content-type"]?.startsWith("application/x-www-form-urlencoded") === true;
  if (!isForm && service !== "s3") return errorAnswer(unknownOperation(what));
  return errorXml(invalidAction(what));
}
