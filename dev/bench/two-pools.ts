import { type Endpoint, json, listen, type Response } from "../../sandbox/aws/http";
import { targetOf } from "../../sandbox/aws/signed-service";
import { xml } from "../../sandbox/aws/sts";

export const SOURCE_POOL = "eu-west-1_Source001";
export const DESTINATION_POOL = "eu-central-1_Dest0001";
export const ACCOUNT = "222222222222";

/** What any of the operations here reads. */
export interface Body {
  readonly UserPoolId?: string;
  readonly PaginationToken?: string;
  readonly JobId?: string;
  readonly JobName?: string;
  readonly logStreamName?: string;
  readonly nextToken?: string;
}

/** Operations by name, of a service that speaks JSON. */
export type Operations = Readonly<Record<string, (body: Body) => object>>;

/** DescribeUserPool. @param users How many it says that there are. */
export const describe =
  (users: (userPoolId: string | undefined) => number, more: object = {}) =>
  ({ UserPoolId }: Body): object => ({
    UserPool: {
      Id: UserPoolId,
      Name: "bench",
      UsernameAttributes: ["email"],
      UsernameConfiguration: { CaseSensitive: false },
      EstimatedNumberOfUsers: users(UserPoolId),
      ...more,
    },
  });

/**
 * As much of AWS as an operator's command needs, and as little time: STS says who is asking, whoever that is, no signature is
 * checked, and what is no operation is refused.
 *
 * @param onUpload Is given what is PUT.
 */
export function serveTwoPools(
  operations: Operations,
  onUpload: (path: string, body: string) => Response = () => json(400, {}),
): Promise<Endpoint> {
  return listen(async (request) => {
    if (request.method === "PUT") return onUpload(request.path, request.body);
    const operation = request.path.startsWith(LAMBDA) ? "GetFunctionConfiguration" : targetOf(request);
    if (operation === "") return xml(200, CALLER);
    const answer = operations[operation]?.(JSON.parse(request.body || "{}") as Body);
    return answer === undefined
      ? json(400, { __type: "AccessDeniedException", message: `no ${operation} here` })
      : json(200, answer);
  });
}

/** Lambda names its operations by path. https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionConfiguration.html */
const LAMBDA = "/2015-03-31/functions/";

const CALLER = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>arn:aws:iam::${ACCOUNT}:role/bench</Arn><UserId>bench</UserId><Account>${ACCOUNT}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`;
