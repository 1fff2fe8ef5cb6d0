import { Amplify } from "aws-amplify";
import * as auth from "aws-amplify/auth";

export async function open({ endpoint, userPoolId, clientId }) {
  const Cognito = { userPoolId, userPoolClientId: clientId, userPoolEndpoint: endpoint };
  Amplify.configure({ Auth: { Cognito } });
  // It says of every endpoint of one's own that it is one.
  console.warn = () => undefined;
  const signIn = async (username, password, options) => {
    const { nextStep } = await auth.signIn({ username, password, options });
    return nextStep.signInStep === "DONE" ? "signed in" : nextStep.signInStep;
  };
  return {
    calls: {
      password: 'signIn, authFlowType "USER_PASSWORD_AUTH"',
      srp: "signIn, as it is without options",
      choice: 'signIn, authFlowType "USER_AUTH", preferredChallenge "PASSWORD"',
      session: "fetchAuthSession",
      refresh: "fetchAuthSession, forceRefresh",
      attributes: "fetchUserAttributes",
      update: "updateUserAttributes",
      change: "updatePassword",
      signOut: "signOut, global",
      forgot: "resetPassword",
      confirmForgot: "confirmResetPassword",
      signUp: "signUp",
      confirmSignUp: "confirmSignUp",
    },
    password: (name, password) => signIn(name, password, { authFlowType: "USER_PASSWORD_AUTH" }),
    srp: (name, password) => signIn(name, password),
    choice: (name, password) => signIn(name, password, { authFlowType: "USER_AUTH", preferredChallenge: "PASSWORD" }),
    session: async () => (await auth.fetchAuthSession()).tokens.idToken.payload,
    tokens: async () => {
      const { accessToken, idToken } = (await auth.fetchAuthSession()).tokens;
      return { accessToken: accessToken.toString(), idToken: idToken.toString() };
    },
    refresh: () => auth.fetchAuthSession({ forceRefresh: true }),
    attributes: () => auth.fetchUserAttributes(),
    update: (name, value) => auth.updateUserAttributes({ userAttributes: { [name]: value } }),
    change: (oldPassword, newPassword) => auth.updatePassword({ oldPassword, newPassword }),
    signOut: () => auth.signOut({ global: true }),
    forgot: async (username) => (await auth.resetPassword({ username })).nextStep.resetPasswordStep,
    confirmForgot: (username, confirmationCode, newPassword) =>
      auth.confirmResetPassword({ username, confirmationCode, newPassword }),
    signUp: async (username, password) => (await auth.signUp({ username, password })).nextStep.signUpStep,
    confirmSignUp: (username, confirmationCode) => auth.confirmSignUp({ username, confirmationCode }),
  };
}
