import * as identity from "amazon-cognito-identity-js";

// Node.js gives the CommonJS module as its default; a bundler gives the names.
const { AuthenticationDetails, CognitoUser, CognitoUserAttribute, CognitoUserPool } = identity.default ?? identity;

/** A method that takes a callback, with the error first. */
const called = (target, method, ...parameters) =>
  new Promise((done, fail) => {
    target[method](...parameters, (error, value) => (error ? fail(error) : done(value)));
  });
/** One that takes an object of callbacks. */
const answered = (act) =>
  new Promise((done, fail) => {
    const onSuccess = (value) => done(value ?? "done");
    act({ onSuccess, onFailure: fail, inputVerificationCode: () => done("a code was sent") });
  });

export async function open({ endpoint, userPoolId, clientId }) {
  const Pool = new CognitoUserPool({ UserPoolId: userPoolId, ClientId: clientId, endpoint: `${endpoint}/` });
  const userOf = (Username) => new CognitoUser({ Username, Pool });
  let user;
  const signIn = async (name, Password, flow) => {
    user = userOf(name);
    if (flow !== undefined) user.setAuthenticationFlowType(flow);
    const details = new AuthenticationDetails({ Username: name, Password });
    await answered((callbacks) => user.authenticateUser(details, callbacks));
    return "signed in";
  };
  const session = () => called(user, "getSession");
  return {
    calls: {
      password: 'authenticateUser after setAuthenticationFlowType("USER_PASSWORD_AUTH")',
      srp: "authenticateUser, as it is without setAuthenticationFlowType",
      choice: 'authenticateUser after setAuthenticationFlowType("USER_AUTH")',
      session: "getSession",
      refresh: "refreshSession",
      attributes: "getUserAttributes",
      update: "updateAttributes",
      change: "changePassword",
      signOut: "globalSignOut",
      forgot: "forgotPassword",
      confirmForgot: "confirmPassword",
      signUp: "signUp",
      confirmSignUp: "confirmRegistration",
    },
    password: (name, password) => signIn(name, password, "USER_PASSWORD_AUTH"),
    srp: (name, password) => signIn(name, password),
    choice: (name, password) => signIn(name, password, "USER_AUTH"),
    session: async () => (await session()).getIdToken().payload,
    tokens: async () => {
      const current = await session();
      return { accessToken: current.getAccessToken().getJwtToken(), idToken: current.getIdToken().getJwtToken() };
    },
    refresh: async () => called(user, "refreshSession", (await session()).getRefreshToken()),
    attributes: async () =>
      Object.fromEntries((await called(user, "getUserAttributes")).map(({ Name, Value }) => [Name, Value])),
    update: (Name, Value) => called(user, "updateAttributes", [new CognitoUserAttribute({ Name, Value })]),
    change: (before, after) => called(user, "changePassword", before, after),
    signOut: () => answered((callbacks) => user.globalSignOut(callbacks)),
    forgot: (name) => answered((callbacks) => userOf(name).forgotPassword(callbacks)),
    confirmForgot: (name, code, password) =>
      answered((callbacks) => userOf(name).confirmPassword(code, password, callbacks)),
    signUp: async (name, password) => {
      const { userConfirmed } = await called(Pool, "signUp", name, password, [], null);
      return userConfirmed ? "confirmed" : "a code was sent";
    },
    confirmSignUp: (name, code) => called(userOf(name), "confirmRegistration", code, false),
  };
}
