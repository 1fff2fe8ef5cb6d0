/** What lies beside the project keeps anybody from planning. The message is for people and complete. */
export class StateError extends Error {
  override readonly name = "StateError";

  constructor(refusals: readonly string[]) {
    super(refusals.join("\n"));
  }
}
