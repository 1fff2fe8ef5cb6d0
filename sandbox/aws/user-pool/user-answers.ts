import { attributeList, seconds } from "./input";
import type { User } from "./user";

function common(user: User): object {
  return {
    Username: user.username,
    UserCreateDate: seconds(user.created),
    UserLastModifiedDate: seconds(user.modified),
    Enabled: user.enabled,
    UserStatus: user.status,
  };
}

/** As UserType tells. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UserType.html */
export function userType(user: User, attributes = user.attributes): object {
  return { ...common(user), Attributes: attributeList(attributes) };
}

/** Second factors, where there are any: the preferred one is the first. */
export function mfaAnswer({ mfa: [preferred, ...others] }: User): object {
  return preferred === undefined ? {} : { PreferredMfaSetting: preferred, UserMFASettingList: [preferred, ...others] };
}

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminGetUser.html */
export function adminGetUserAnswer(user: User): object {
  return { ...common(user), UserAttributes: attributeList(user.attributes), ...mfaAnswer(user) };
}
