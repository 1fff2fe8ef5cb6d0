import {
  UpdateUserPoolClientRequest$,
  UpdateUserPoolRequest$,
  UserPoolClientType$,
  UserPoolType$,
} from "@aws-sdk/client-cognito-identity-provider";
import { APP_CLIENT_FIELDS, type Fields, USER_POOL_FIELDS } from "../../../cli/pool-change/fields";
import { memberNames } from "../../support/described";

const SENT = (fields: Fields): string[] =>
  Object.entries(fields)
    .flatMap(([name, fate]) =>
      typeof fate === "object" ? fate.as : fate === "readOnly" || fate === "state" ? [] : name,
    )
    .sort();

// With a newer SDK one of these fails: AWS has a new setting, and somebody has to say what becomes of it.
describe("the tables", () => {
  test("know everything that DescribeUserPool returns", () => {
    expect(Object.keys(USER_POOL_FIELDS).sort()).toEqual(memberNames(UserPoolType$));
  });

  test("know everything that UpdateUserPool takes", () => {
    expect(SENT(USER_POOL_FIELDS)).toEqual(memberNames(UpdateUserPoolRequest$));
  });

  test("know everything that DescribeUserPoolClient returns, and leave out the secret", () => {
    expect(Object.keys(APP_CLIENT_FIELDS).sort()).toEqual(
      memberNames(UserPoolClientType$).filter((name) => name !== "ClientSecret"),
    );
  });

  test("know everything that UpdateUserPoolClient takes", () => {
    expect(SENT(APP_CLIENT_FIELDS)).toEqual(memberNames(UpdateUserPoolClientRequest$));
  });
});
