import { json, type Request, type Response } from "../../../sandbox/aws/http";

/**
 * moto 5.2 knows no import jobs and no feature plan, and its UpdateUserPool loses what nobody can change in AWS
 * (UsernameAttributes) and what AWS derives from the password policy: attach would tell of that, as it should.
 */
export async function mended(motoUrl: string, { headers, body }: Request): Promise<Response | undefined> {
  const [, operation] = String(headers["x-amz-target"]).split(".");
  if (operation === "ListUserImportJobs") return json(200, { UserImportJobs: [] });
  if (operation === "DescribeUserPool") {
    const { status, text } = await asked(motoUrl, headers, body);
    const { UserPool, ...answer } = JSON.parse(text);
    return json(status, UserPool === undefined ? answer : { UserPool: { UserPoolTier: "ESSENTIALS", ...UserPool } });
  }
  if (operation !== "UpdateUserPool") return undefined;
  const { AdminCreateUserConfig, UserPoolTier: _, ...update } = JSON.parse(body);
  const kept = { UnusedAccountValidityDays: 7, ...AdminCreateUserConfig };
  const mendedBody = { ...update, AdminCreateUserConfig: kept, UsernameAttributes: ["email"] };
  const { status, text } = await asked(motoUrl, headers, JSON.stringify(mendedBody));
  return { status, headers: { "content-type": "application/x-amz-json-1.1" }, body: text };
}

async function asked(
  motoUrl: string,
  headers: Request["headers"],
  body: string,
): Promise<{ readonly status: number; readonly text: string }> {
  const answer = await fetch(motoUrl, {
    method: "POST",
    headers: Object.fromEntries(
      ["authorization", "content-type", "x-amz-target", "x-amz-security-token"].map((name) => [
        name,
        String(headers[name]),
      ]),
    ),
    body,
  });
  return { status: answer.status, text: await answer.text() };
}
