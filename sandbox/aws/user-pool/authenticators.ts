import { AwsException } from "./exception";
import { newSecret, stepOfCode } from "./totp";
import type { User } from "./user";

interface Authenticator {
  readonly secret: string;
  /** The thirty seconds of which a code was last taken. */
  readonly lastStep: number;
}

/** Authenticator apps of one pool's users. https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-mfa-totp.html */
export class Authenticators {
  private readonly bySub = new Map<string, Authenticator>();
  private readonly pending = new Map<string, string>();

  constructor(private readonly now: () => Date) {}

  /** A secret for an app, which counts once a code of it has come. @returns it in base 32. */
  associate(user: User): string {
    const secret = newSecret();
    this.pending.set(subOf(user), secret);
    return secret;
  }

  /** @throws EnableSoftwareTokenMFAException */
  verify(user: User, code: string): void {
    const secret = this.pending.get(subOf(user));
    const step = secret === undefined ? undefined : stepOfCode(secret, code, this.now());
    if (secret === undefined || step === undefined)
      throw new AwsException("EnableSoftwareTokenMFAException", "Code mismatch");
    this.pending.delete(subOf(user));
    this.bySub.set(subOf(user), { secret, lastStep: step });
  }

  isVerified(user: User): boolean {
    return this.bySub.has(subOf(user));
  }

  /** Takes a code once. @throws CodeMismatchException, ExpiredCodeException */
  use(user: User, code: string): void {
    const found = this.bySub.get(subOf(user));
    const step = found && stepOfCode(found.secret, code, this.now());
    if (found === undefined || step === undefined)
      throw new AwsException("CodeMismatchException", "Invalid code received for user");
    if (step <= found.lastStep)
      throw new AwsException("ExpiredCodeException", "Your software token has already been used once.");
    this.bySub.set(subOf(user), { ...found, lastStep: step });
  }

  forget(user: User): void {
    this.bySub.delete(subOf(user));
    this.pending.delete(subOf(user));
  }
}

const subOf = ({ attributes }: User): string => attributes["sub"] ?? "";
