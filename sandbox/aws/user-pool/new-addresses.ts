import type { User } from "./user";

/**
 * Addresses and numbers that count once they are verified.
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UserAttributeUpdateSettingsType.html
 */
export class NewAddresses {
  private readonly values = new Map<string, string>();

  set(user: User, attribute: string, value: string): void {
    this.values.set(keyOf(user, attribute), value);
  }

  get(user: User, attribute: string): string | undefined {
    return this.values.get(keyOf(user, attribute));
  }

  forget(user: User, attribute: string): void {
    this.values.delete(keyOf(user, attribute));
  }
}

const keyOf = ({ attributes }: User, attribute: string): string => `${attributes["sub"]} ${attribute}`;
