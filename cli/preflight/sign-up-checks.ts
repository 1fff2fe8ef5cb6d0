import type { UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import { audienceOf } from "../../rules/app-client";
import { appClientName, mayWrite } from "../pools/app-client";
import { OR_SET_OUTPUTS } from "../pools/stack-outputs";
import { defineCheck, failed, inTheme, listed, passed, skipped, warning } from "./check";
import { signInNames } from "./sign-in-name-checks";

const SIGN_UP =
  "https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminCreateUserConfigType.html";

const recovery = defineCheck({
  id: "account-recovery",
  title: "A user of the destination can be sent a code for a new password",
  otherwise: "A user who has forgotten the password, or must reset it, is stuck.",
  source:
    "https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AccountRecoverySettingType.html",
  needs: ["destination"],
  decide: ({ destination: { AccountRecoverySetting, SmsConfiguration } }) => {
    const mechanisms = AccountRecoverySetting?.RecoveryMechanisms;
    if (mechanisms === undefined)
      return passed("The destination sends codes to a verified number or address; the pool does not say which.");
    const codes = mechanisms.flatMap(({ Name }) => (Name === "admin_only" || Name === undefined ? [] : [Name]));
    if (codes.length === 0)
      return failed(
        "Only an administrator can reset a password at the destination (admin_only).",
        "Add verified_email or verified_phone_number to AccountRecoverySetting.",
      );
    return codes.every((name) => name === "verified_phone_number") && SmsConfiguration === undefined
      ? failed(
          "Codes of the destination go to a phone number only, and the pool sends no text messages.",
          "Set up SMS, or add verified_email.",
        )
      : passed(`The destination sends codes for a new password to ${listed(codes)}.`);
  },
});

const codeEmail = defineCheck({
  id: "code-email",
  title: "The destination sends e-mail through Amazon SES",
  otherwise: "Cognito's own e-mail ends at a few messages a day, and users who must reset their password get no code.",
  source: "https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_EmailConfigurationType.html",
  needs: ["destination"],
  decide: ({ destination: { EmailConfiguration } }) =>
    EmailConfiguration?.EmailSendingAccount === "DEVELOPER"
      ? passed("The destination sends e-mail through Amazon SES.")
      : warning(
          "The destination sends with Cognito's own, limited e-mail.",
          "Set EmailConfiguration to an SES identity of yours.",
        ),
});

const autoVerified = defineCheck({
  id: "auto-verified-attributes",
  title: "The destination verifies an address or number by itself",
  otherwise: "An import of those who never signed in does not start.",
  source: "https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-using-import-tool.html",
  needs: ["destination"],
  decide: ({ destination: { AutoVerifiedAttributes = [] } }) =>
    AutoVerifiedAttributes.length > 0
      ? passed(`The destination verifies ${listed(AutoVerifiedAttributes)} by itself.`)
      : warning(
          "AutoVerifiedAttributes of the destination is empty.",
          "Set it to email or phone_number before an import at the end.",
        ),
});

const isOpen = ({ AdminCreateUserConfig }: UserPoolType): boolean =>
  AdminCreateUserConfig?.AllowAdminCreateUserOnly !== true;

const destinationSignUp = defineCheck({
  id: "destination-sign-up",
  title: "Nobody can register at the destination",
  otherwise: "Somebody who registers a name before its owner has migrated keeps it, and the owner never migrates.",
  source: SIGN_UP,
  needs: ["destination"],
  decide: ({ destination }) =>
    isOpen(destination)
      ? warning(
          destination.LambdaConfig?.PreSignUp === undefined
            ? "Sign-up is open at the destination."
            : "Sign-up is open at the destination; whether the PreSignUp trigger guards names of the source cannot be seen from here.",
          "Close it (AllowAdminCreateUserOnly), or let a PreSignUp trigger look the name up at the source: SECURITY.md.",
        )
      : passed("Sign-up is closed at the destination."),
});

const sourceSignUp = defineCheck({
  id: "source-sign-up",
  title: "Nobody can register at the source",
  otherwise: "Anybody who registers there can migrate, even into a pool that is by invitation only.",
  source: SIGN_UP,
  needs: ["source"],
  decide: ({ source }) =>
    isOpen(source)
      ? warning("Sign-up is open at the source.", "Close it (AllowAdminCreateUserOnly) before the trigger is attached.")
      : passed("Sign-up is closed at the source."),
});

const frozenAddresses = defineCheck({
  id: "source-address-writes",
  title: "Users of the source cannot change the address that they migrate by",
  otherwise: "A user may take an address that is free at the source and arrive under it, again and again.",
  source: "https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html",
  needs: ["source", "destination", "sourceClients"],
  decide: ({ source, destination, sourceClients, settings, outputs: { appClientId } }) => {
    const names: readonly string[] = signInNames(destination);
    // At a source without usernames the address becomes the username.
    const used = [...names, ...(names.includes("username") ? (source.UsernameAttributes ?? []) : [])];
    const addresses = ["email", "phone_number"].filter((name) => used.includes(name));
    if (addresses.length === 0) return passed("Nobody signs in with an address at the destination.");
    const writing = sourceClients.filter(
      (client) =>
        // By its id: names are anybody's, and may be there twice.
        (appClientId === undefined || client.ClientId !== appClientId) &&
        audienceOf(client) !== "machines" &&
        addresses.some((name) => mayWrite(client, name)),
    );
    if (writing.length === 0) return passed(`No app client of the source may write ${listed(addresses)}.`);
    const told = `App client ${listed(writing.map(appClientName))} of the source may write ${listed(addresses)}`;
    const [first, ...others] = writing;
    if (appClientId === undefined && others.length === 0 && first?.ClientName === settings.names.appClient)
      return skipped(
        `${told}. Whether it is the migration's own, whose id is not known here, or only has its name, cannot be told.`,
        `Run this where the source stack's state is, ${OR_SET_OUTPUTS}.`,
      );
    return warning(
      `${told}.`,
      `Take ${listed(addresses)} out of their WriteAttributes for the time of the migration: SECURITY.md.`,
    );
  },
});

export const SIGN_UP_CHECKS = inTheme("Codes and sign-up", [
  recovery,
  codeEmail,
  autoVerified,
  destinationSignUp,
  sourceSignUp,
  frozenAddresses,
]);
