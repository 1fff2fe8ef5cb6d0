import { randomInt } from "node:crypto";
import type { AccountRecoverySettingType } from "@aws-sdk/client-cognito-identity-provider";
import { AwsException, invalidParameter, notAuthorized } from "./exception";
import { isTrue } from "./schema";
import type { User } from "./user";

/** An attribute that a code can go to. */
export type AddressName = "email" | "phone_number";

/** Where a code goes, as CodeDeliveryDetailsType tells. */
export interface Delivery {
  readonly AttributeName: AddressName;
  readonly DeliveryMedium: "EMAIL" | "SMS";
  readonly Destination: string;
}

/** What a code is for, and where it goes. */
export interface Sent {
  readonly purpose:
    | "sign-up"
    | "forgotten password"
    | "reset by an administrator"
    | "second factor"
    | "address to verify";
  readonly delivery: Delivery;
}

/** For which a code of one counts. Others have codes of their own. */
type Kind = "sign-up" | "password" | "second factor" | `address ${string}`;

const KIND_OF = {
  "sign-up": "sign-up",
  "forgotten password": "password",
  "reset by an administrator": "password",
  "second factor": "second factor",
} as const;

/** Codes that would go out by e-mail or text message. One at a time for each user and kind. */
export class Codes {
  private readonly codes = new Map<string, string>();
  /** Names that were told of a code which went nowhere. */
  private readonly pretended = new Set<string>();

  constructor(private readonly tell: (code: string, sent: Sent) => void) {}

  /** @param address Where it goes, if not to the one that the user has. */
  send(
    user: User,
    purpose: Sent["purpose"],
    attribute: AddressName,
    address = user.attributes[attribute] ?? "",
  ): Delivery {
    const code = String(randomInt(1_000_000)).padStart(6, "0");
    const delivery = deliveryTo(attribute, address);
    this.codes.set(keyOf(user, purpose === "address to verify" ? `address ${address}` : KIND_OF[purpose]), code);
    this.tell(code, { purpose, delivery });
    return delivery;
  }

  /** A delivery that never happens. A name that is no address tells nothing of where it would go. */
  pretend(name: string, kind: Kind): Delivery {
    this.pretended.add(`${kind} ${name}`);
    return name.startsWith("+")
      ? deliveryTo("phone_number", name)
      : deliveryTo("email", name.includes("@") ? name : "a@b");
  }

  /**
   * @param name As the user was named, and as the pool keeps names.
   * @throws CodeMismatchException, ExpiredCodeException when none was asked for.
   */
  use(user: User, code: string, kind: Kind, name = user.username): void {
    const key = keyOf(user, kind);
    if (this.codes.get(key) !== code) throw this.refusal(name, kind, user);
    this.codes.delete(key);
    this.pretended.delete(`${kind} ${name}`);
  }

  /** Why no code counts. Somebody and nobody are told the same, if each is asked for and answered by one name. */
  refusal(name: string, kind: Kind, user?: User): AwsException {
    const wasAsked = this.pretended.has(`${kind} ${name}`) || (user && this.codes.has(keyOf(user, kind)));
    return wasAsked
      ? new AwsException("CodeMismatchException", "Invalid verification code provided, please try again.")
      : new AwsException("ExpiredCodeException", "Invalid code provided, please request a code again.");
  }
}

/** By `sub`: somebody who comes later under the same name gets nothing. */
export const keyOf = ({ attributes }: User, kind: string): string => `${attributes["sub"]} ${kind}`;

/** Without a setting: text message, then e-mail. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ForgotPassword.html */
const LEGACY: AccountRecoverySettingType = {
  RecoveryMechanisms: [
    { Name: "verified_phone_number", Priority: 1 },
    { Name: "verified_email", Priority: 2 },
  ],
};

/** Where a code for a new password goes; nowhere, if no code could reach the user. */
export function recoveryAddress(
  { attributes, mfa }: User,
  setting: AccountRecoverySettingType | undefined,
): AddressName | undefined {
  const mechanisms = [...((setting ?? LEGACY).RecoveryMechanisms ?? [])].sort(
    ({ Priority: a = 0 }, { Priority: b = 0 }) => a - b,
  );
  for (const { Name = "" } of mechanisms) {
    const attribute = Name === "verified_email" ? "email" : "phone_number";
    // A number that is the second factor already does not count, where the setting exists.
    const spent = setting !== undefined && attribute === "phone_number" && mfa.includes("SMS_MFA");
    if (Name.startsWith("verified_") && !spent && attributes[attribute] && isTrue(attributes[`${attribute}_verified`]))
      return attribute;
  }
  return undefined;
}

/** @throws NotAuthorizedException for a status without a password to reset, InvalidParameterException for a user whom no code could reach. */
export function resetAddress(user: User, setting: AccountRecoverySettingType | undefined): AddressName {
  if (!["CONFIRMED", "RESET_REQUIRED"].includes(user.status))
    throw notAuthorized("User password cannot be reset in the current state.");
  const address = recoveryAddress(user, setting);
  if (address === undefined)
    throw invalidParameter(
      "Cannot reset password for the user as there is no registered/verified email or phone_number",
    );
  return address;
}

function deliveryTo(attribute: AddressName, address: string): Delivery {
  const [local = "", domain = ""] = address.split("@");
  return attribute === "email"
    ? {
        AttributeName: attribute,
        DeliveryMedium: "EMAIL",
        Destination: `${local.slice(0, 1)}***@${domain.slice(0, 1)}***`,
      }
    : { AttributeName: attribute, DeliveryMedium: "SMS", Destination: `+*******${address.slice(-4)}` };
}
