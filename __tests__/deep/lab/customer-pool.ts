import {
  type CognitoIdentityProviderClient,
  CreateUserPoolCommand,
  type SchemaAttributeType,
} from "@aws-sdk/client-cognito-identity-provider";
import { STANDARD_ATTRIBUTES } from "../../../rules/attribute-names";
import type { SeedUserPool } from "../../../sandbox/aws/user-pool/seed";

/** What makes one user pool another than the next, from the day it is made. */
export type PoolShape = Pick<
  SeedUserPool,
  "customAttributes" | "usernameAttributes" | "aliasAttributes" | "requiredAttributes"
>;

/** Standard attributes of another type, and the one that nobody may define. */
const NOT_A_STRING = /^sub$|^updated_at$|_verified$/;

/** A user pool that is there before Terraform comes, as the customer's own would be. */
export async function createCustomerPool(
  cognito: CognitoIdentityProviderClient,
  name: string,
  { customAttributes, usernameAttributes = [], aliasAttributes = [], requiredAttributes = [] }: PoolShape,
): Promise<{ id: string; arn: string }> {
  const { UserPool } = await cognito.send(
    new CreateUserPoolCommand({
      PoolName: name,
      ...(usernameAttributes.length > 0 ? { UsernameAttributes: [...usernameAttributes] } : {}),
      ...(aliasAttributes.length > 0 ? { AliasAttributes: [...aliasAttributes] } : {}),
      Schema: [
        // Cognito adds these by itself; moto takes a schema for the whole of it.
        ...STANDARD_ATTRIBUTES.filter((name) => !NOT_A_STRING.test(name)).map((Name) => ({
          Name,
          AttributeDataType: "String" as const,
          Mutable: true,
          Required: requiredAttributes.includes(Name),
        })),
        ...customAttributes.map(customAttribute),
      ],
    }),
  );
  if (!UserPool?.Id || !UserPool.Arn) throw new Error("the emulator made no user pool");
  return { id: UserPool.Id, arn: UserPool.Arn };
}

/** Cognito puts the prefix before the name by itself. */
function customAttribute(attribute: SeedUserPool["customAttributes"][number]): SchemaAttributeType {
  return typeof attribute === "string"
    ? { Name: attribute, AttributeDataType: "String", Mutable: true }
    : { Mutable: true, ...attribute, Name: attribute.Name.replace(/^(dev:)?custom:/, "") };
}
