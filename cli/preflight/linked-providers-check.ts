import type { UserPoolClientType } from "@aws-sdk/client-cognito-identity-provider";
import { plural } from "../program/plural";
import { defineCheck, passed, usersNotRead, warning } from "./check";

const hasProvider = ({ SupportedIdentityProviders = [] }: UserPoolClientType): boolean =>
  SupportedIdentityProviders.some((provider) => provider !== "COGNITO");

export const linkedProviders = defineCheck({
  id: "linked-providers",
  title: "No user of the source has both a password and a linked identity provider",
  otherwise: "The link stays behind, and a sign-in through the provider makes a second user of the same person.",
  source:
    "https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-identity-federation-consolidate-users.html",
  needs: ["sourceClients"],
  decide: ({ sourceClients, scan }) => {
    if (scan === undefined)
      return sourceClients.some(hasProvider)
        ? usersNotRead("whose profile has a linked identity provider")
        : passed("No app client of the source signs users in through an identity provider, so no link is in use.");
    const users = plural(scan.users, "user");
    if (scan.linked === 0)
      return passed(`None of ${users} of the source has a password and a linked identity provider.`);
    return warning(
      `${scan.linked} of ${users} ${scan.linked === 1 ? "has" : "have"} a password and a linked identity provider; the link stays behind.`,
      "Link the provider again at the destination (AdminLinkProviderForUser) before they sign in through it.",
    );
  },
});
