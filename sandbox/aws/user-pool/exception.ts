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

export function invalidParameter(message: string): AwsException {
  return new AwsException("InvalidParameterException", message);
}

export function notAuthorized(message: string): AwsException {
  return new AwsException("NotAuthorizedException", message);
}

export function resourceNotFound(message: string): AwsException {
  return new AwsException("ResourceNotFoundException", message);
}
