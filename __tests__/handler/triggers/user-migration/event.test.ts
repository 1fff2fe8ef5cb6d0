import { parseEvent } from "../../../../handler/triggers/user-migration/event";
import { wireEvent } from "../../../support/migration";

test("takes what is needed, and lets the rest be", () => {
  expect(parseEvent({ ...wireEvent(), version: "2", futureField: {} })).toEqual({
    triggerSource: "UserMigration_Authentication",
    userPoolId: "eu-central-1_Dest0001",
    userName: "user@example.com",
    password: "a-password",
  });
});

test.each([undefined, null, 1, ["a"], {}])("a password that is %p is none", (password) => {
  expect(parseEvent(wireEvent({ request: { password } }))).toMatchObject({ password: undefined });
});

test.each([
  ["nothing", undefined],
  ["null", null],
  ["a text", "event"],
  ["a number", 1],
  ["an empty object", {}],
  ["no request", { ...wireEvent(), request: null }],
  ["a request that is a text", { ...wireEvent(), request: "password" }],
  ["a name that is no text", { ...wireEvent(), userName: 1 }],
  ["no user pool", { ...wireEvent(), userPoolId: undefined }],
  ["no trigger source", { ...wireEvent(), triggerSource: null }],
])("%s is no event", (_, event) => {
  expect(parseEvent(event)).toBeUndefined();
});
