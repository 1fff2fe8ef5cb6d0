import type { Attributes } from "./schema";
import type { User } from "./user";
import type { UserPool } from "./user-pool";

/** Of a request that no app client makes. AWS documents no value; this one has been seen. */
export const NO_CLIENT = "CLIENT_ID_NOT_APPLICABLE";

interface Occasion {
  readonly triggerSource: string;
  readonly userName: string;
  readonly clientId: string;
  /** `1` unless given. */
  readonly version?: string;
}

/** An event with the parameters that all triggers have in common. https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html#cognito-user-pools-lambda-trigger-syntax-shared */
export function triggerEvent(
  pool: UserPool,
  { triggerSource, userName, clientId, version = "1" }: Occasion,
  request: object,
  response: object = {},
): object {
  return {
    version,
    triggerSource,
    region: pool.region,
    userPoolId: pool.id,
    userName,
    callerContext: { awsSdkVersion: "aws-sdk-unknown-unknown", clientId },
    request,
    response,
  };
}

/** All that the pool knows of a user, whatever an app client may read. `cognito:user_status` is beside the attributes, as in AWS's samples. */
export const attributesIn = ({ attributes, status }: User): Attributes => ({
  ...attributes,
  "cognito:user_status": status,
});

/** A member that is there only where the application sent something for it. */
export const sent = (member: string, values: Readonly<Record<string, string>> | undefined): object =>
  values === undefined ? {} : { [member]: values };
