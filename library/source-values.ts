/** What the function is told of the source: Terraform's references, or values of another state. */
export interface SourceValues {
  /** Role in the source account that the function assumes. */
  readonly roleArn: string;
  /** App client that the function signs in through. */
  readonly appClientId: string;
  /** Whether the source demands a second factor: OFF, OPTIONAL or ON. */
  readonly mfaConfiguration: string;
  /** What users of the source sign in with: email, phone_number, `email,phone_number`, or none. */
  readonly usernameAttributes: string;
}
