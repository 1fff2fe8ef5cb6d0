import type { Body } from "./input";
import type { UserPool } from "./user-pool";

/** One operation of the API on one user pool. It returns the answer's body, or throws an AwsException. */
export type Operation = (pool: UserPool, body: Body) => object | Promise<object>;
/** One that says nothing. */
export const silent =
  (act: (pool: UserPool, body: Body) => unknown): Operation =>
  async (pool, body) => {
    await act(pool, body);
    return {};
  };

export type Operations = Readonly<Record<string, Operation>>;
