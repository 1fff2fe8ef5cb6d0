/** An error as a service answers it: a type, and a sentence for people. */
export class AwsException extends Error {
  override readonly name = "AwsException";

  constructor(
    /** Name of the exception, such as `UserNotFoundException`. */
    readonly type: string,
    message: string,
    readonly status = 400,
  ) {
    super(message);
  }
}

const kind =
  (type: string) =>
  (message: string): AwsException =>
    new AwsException(type, message);

export const invalidParameter = kind("InvalidParameterException");
export const notAuthorized = kind("NotAuthorizedException");
export const disabledUser = (): AwsException => notAuthorized("User is disabled.");
export const mustReset = (): AwsException =>
  new AwsException("PasswordResetRequiredException", "Password reset required for the user");
export const resourceNotFound = kind("ResourceNotFoundException");
