import { Clock } from "../../../sandbox/aws/clock";
import { createUser } from "../../../sandbox/aws/user-pool/create-user";
import { userPool } from "../../support/user-pool";

const DAY_MS = 86_400_000;

test("users are created and changed at the pool's time", () => {
  const clock = new Clock();
  const { pool } = userPool({}, { now: clock.now });
  clock.turnBack(30);
  const made = createUser(
    pool,
    { name: "a@example.com", attributes: {}, password: undefined, status: "CONFIRMED" },
    "create",
  );
  clock.turnBack(10);
  const changed = pool.users.change(made, { enabled: false });
  clock.turnBack(0);
  expect(Math.round((changed.modified.getTime() - changed.created.getTime()) / DAY_MS)).toBe(20);
  expect(Math.round((clock.now().getTime() - changed.modified.getTime()) / DAY_MS)).toBe(10);
});
