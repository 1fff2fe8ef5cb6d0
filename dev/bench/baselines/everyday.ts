import { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import { STSClient } from "@aws-sdk/client-sts";
import { assumeRole, type MigrationEvent, migrate, SOURCE_REGION } from "./migrate";

const sts = new STSClient({});
/** The client asks at its first use, keeps what it got and asks again before it expires, as with fromTemporaryCredentials. */
const cognito = new CognitoIdentityProviderClient({ region: SOURCE_REGION, credentials: () => assumeRole(sts) });

/** The care that the SDK's documentation asks for: clients outlive the invocation, and so do credentials. */
export const handler = (event: MigrationEvent): Promise<MigrationEvent> => migrate(cognito, event);
