import type { UserPoolClientType } from "@aws-sdk/client-cognito-identity-provider";
import type { DestinationSettings } from "../../config/deployment";
import { visible } from "../../config/visible";
import { readAppClients } from "../aws/app-clients";
import type { ConfirmedPool } from "../aws/confirmed-pool";
import { explainAwsError } from "../aws/explain-aws-error";
import { appClientName } from "../pools/app-client";
import { type Objections, together, warning } from "./change";

/** Asks nothing where no user has a stamp. What cannot be read holds nothing up. */
export async function readersOfStamp(
  place: ConfirmedPool,
  { migrationStamp, stampAttribute }: DestinationSettings,
): Promise<Objections> {
  if (migrationStamp === "off") return together([]);
  try {
    return decideReaders(await readAppClients(place), stampAttribute);
  } catch (error) {
    const because = explainAwsError(error);
    if (because === undefined) throw error;
    return warning(`It is not known which app clients may read ${stampAttribute}: ${because}`);
  }
}

/**
 * An ID token has every attribute that its app client may read; as long as the token function answers, it leaves the stamp out.
 * Without ReadAttributes a client has the defaults, by AWS's page the standard attributes, so that is a question and no finding.
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UserPoolClientType.html
 */
export function decideReaders(clients: readonly UserPoolClientType[], attribute: string): Objections {
  const named = (of: (client: UserPoolClientType) => boolean): string =>
    clients
      .filter(of)
      .map((client) => visible(appClientName(client)))
      .join(", ");
  const readers = named(({ ReadAttributes = [] }) => ReadAttributes.includes(attribute));
  const unsaid = named(({ ReadAttributes = [] }) => ReadAttributes.length === 0);
  const warnings: string[] = [];
  if (readers !== "")
    warnings.push(
      `ID tokens of these app clients have ${attribute} once no token function leaves it out: ${readers}. It says who the user was at the source, ` +
        "and which groups travelled. Take it out of their ReadAttributes first.",
    );
  if (unsaid !== "")
    warnings.push(
      `These app clients name no ReadAttributes, so their ID tokens may have ${attribute} once no token function leaves it out: ${unsaid}. ` +
        "Name what they read, or look at an ID token.",
    );
  return { problems: [], warnings };
}
