import type {
  GetUserPoolMfaConfigResponse,
  UpdateUserPoolRequest,
  UserPoolClientType,
} from "@aws-sdk/client-cognito-identity-provider";
import type { Group } from "./groups";
import { type SchemaAttribute, schemaWith } from "./schema";
import type { Naming } from "./user-names";

/** A user that is there from the start, in whatever state. */
export interface SeedUser {
  /** In a pool with username attributes this is the `sub`. */
  readonly username: string;
  /** Without one nobody can sign in, as after an import. */
  readonly password?: string;
  /** `sub` is made up when it is missing. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly enabled?: boolean;
  readonly status?: string;
  readonly mfaSettings?: readonly string[];
  readonly created?: Date;
}

/** A group that is there from the start. */
export interface SeedGroup extends Pick<Group, "GroupName" | "Description" | "RoleArn" | "Precedence"> {
  /** Usernames. */
  readonly members: readonly string[];
}

/** Anything else that DescribeUserPoolClient would tell goes into `settings`. */
export interface SeedAppClient {
  readonly id: string;
  readonly name: string;
  readonly explicitAuthFlows: readonly string[];
  readonly settings?: { readonly [Name in keyof UserPoolClientType]?: UserPoolClientType[Name] | undefined };
}

/**
 * What a pre sign-up function sees of a migration. AWS says that it runs (ClientMetadata of InitiateAuth goes to it), not with which
 * source, nor whether it sees the attributes that the migration hands over.
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_InitiateAuth.html
 */
export interface PreSignUpInMigration {
  readonly triggerSource: "PreSignUp_SignUp" | "PreSignUp_AdminCreateUser" | "none";
  readonly hasAttributes: boolean;
}

/** A user pool as it stands when the sandbox starts. */
export interface SeedUserPool {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  /** Names without `custom:` for mutable strings, or whole definitions. A definition of a standard attribute takes its place. */
  readonly customAttributes: readonly (string | SchemaAttribute)[];
  readonly lambdaConfig: Readonly<Record<string, unknown>>;
  readonly appClients: readonly SeedAppClient[];
  readonly users: readonly SeedUser[];
  readonly groups?: readonly SeedGroup[];
  /** `["email"]` unless given, so that usernames are UUIDs. */
  readonly usernameAttributes?: readonly ("email" | "phone_number")[];
  readonly aliasAttributes?: readonly ("email" | "phone_number" | "preferred_username")[];
  /** `["email"]` unless given. */
  readonly requiredAttributes?: readonly string[];
  /** False unless given, as in pools that the console makes. */
  readonly caseSensitive?: boolean;
  /** What UpdateUserPool could have set. AutoVerifiedAttributes is `["email"]` and MfaConfiguration `OPTIONAL` unless given. */
  readonly settings?: Partial<Omit<UpdateUserPoolRequest, "UserPoolId" | "PoolName" | "LambdaConfig">>;
  /** What SetUserPoolMfaConfig could have set. Authenticator apps are on unless given. */
  readonly mfa?: Partial<Omit<GetUserPoolMfaConfigResponse, "MfaConfiguration">>;
  readonly domain?: string;
  /** Where hashes can be imported, the CSV header has a column for them. */
  readonly passwordHashColumn?: boolean;
  /** ARNs in `lambdaConfig` whose functions are not in the sandbox: they are told of, and do not run. */
  readonly absentFunctions?: readonly string[];
  /** As in a sign-up, with the attributes, unless given. */
  readonly preSignUpInMigration?: Partial<PreSignUpInMigration>;
}

/** A pool before anybody is in it or signs in to it. */
export type EmptyPool = Omit<SeedUserPool, "appClients" | "users" | "groups">;

/** How a pool tells its users apart, with what holds where the seed is silent. */
export function namingOf({ usernameAttributes, aliasAttributes, caseSensitive = false }: EmptyPool): Naming {
  return {
    usernameAttributes: usernameAttributes ?? (aliasAttributes === undefined ? ["email"] : []),
    aliasAttributes: aliasAttributes ?? [],
    caseSensitive,
  };
}

/** The schema, as DescribeUserPool lists it. */
export const schemaOf = ({ requiredAttributes = ["email"], customAttributes }: EmptyPool): readonly SchemaAttribute[] =>
  schemaWith(requiredAttributes, customAttributes);
